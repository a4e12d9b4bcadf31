#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t log_mu = PTHREAD_MUTEX_INITIALIZER;
static char log_path[256];
static FILE *log_file;

static void log_line(const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    pthread_mutex_lock(&log_mu);
    vfprintf(log_file, format, ap);
    fflush(log_file);
    pthread_mutex_unlock(&log_mu);
    va_end(ap);
}

static void on_child(int sig) {
    log_line("signal %d: a job has ended\n", sig);
}

static void rotate_log(void) {
    char old[300];
    pid_t packer;
    pthread_mutex_lock(&log_mu);
    fclose(log_file);
    snprintf(old, sizeof old, "%s.1", log_path);
    rename(log_path, old);
    log_file = fopen(log_path, "a");
    packer = fork();
    if (packer == 0) {
        execlp("cksum", "cksum", old, (char *)NULL);
        _exit(127);
    }
    waitpid(packer, NULL, 0);
    pthread_mutex_unlock(&log_mu);
}

static void *ticker_main(void *arg) {
    sigset_t blocked;
    (void)arg;
    pthread_setname_np(pthread_self(), "ticker");
    sigfillset(&blocked);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    for (;;) {
        sleep(300);
        log_line("still here\n");
    }
    return NULL;
}

int main(void) {
    const char *tmp = getenv("TMPDIR");
    struct sigaction act;
    pthread_t ticker;
    snprintf(log_path, sizeof log_path, "%s/jobs.log", tmp ? tmp : "/tmp");
    log_file = fopen(log_path, "w");
    if (!log_file)
        return 1;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_child;
    act.sa_flags = SA_RESTART;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_create(&ticker, NULL, ticker_main, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGCHLD, &act, NULL);
    log_line("started %d\n", (int)getpid());
    puts("READY");
    fflush(stdout);
    rotate_log();
    log_line("rotated\n");
    return 0;
}
