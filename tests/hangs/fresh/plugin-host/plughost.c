#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t journal_mu = PTHREAD_MUTEX_INITIALIZER;
static sem_t writing;
static int entries, flushed;

static void commit_entries(void) {
    struct timespec disk = {0, 400000000};
    pthread_mutex_lock(&journal_mu);
    sem_post(&writing);
    nanosleep(&disk, NULL);
    flushed = entries;
    pthread_mutex_unlock(&journal_mu);
}

static void *journal_main(void *arg) {
    (void)arg;
    pthread_setname_np(pthread_self(), "journal");
    commit_entries();
    for (;;) {
        struct timespec minute = {60, 0};
        nanosleep(&minute, NULL);
        pthread_mutex_lock(&journal_mu);
        flushed = entries;
        pthread_mutex_unlock(&journal_mu);
    }
    return NULL;
}

static void add_entry(const char *text) {
    pthread_mutex_lock(&journal_mu);
    entries++;
    printf("journal %d: %s\n", entries, text);
    pthread_mutex_unlock(&journal_mu);
}

static int run_plugin(void) {
    prctl(PR_SET_NAME, "resize-plugin");
    add_entry("plugin loaded");
    return 0;
}

int main(void) {
    pthread_t journal;
    int status;
    sem_init(&writing, 0, 0);
    add_entry("host started");
    pthread_create(&journal, NULL, journal_main, NULL);
    sem_wait(&writing);
    puts("READY");
    fflush(stdout);
    pid_t plugin = fork();
    if (plugin == 0)
        _exit(run_plugin());
    waitpid(plugin, &status, 0);
    add_entry("plugin done");
    return 0;
}
