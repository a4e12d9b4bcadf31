#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct ledger { pthread_mutex_t lock; long balance; };

int main(void) {
    struct ledger *ledger = mmap(NULL, sizeof *ledger, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t shared;
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&ledger->lock, &shared);
    pthread_mutex_lock(&ledger->lock);
    if (fork() == 0) {
        pthread_mutex_lock(&ledger->lock);
        ledger->balance += 10;
        pthread_mutex_unlock(&ledger->lock);
        _exit(0);
    }
    puts("READY"); fflush(stdout);
    wait(NULL);
    pthread_mutex_unlock(&ledger->lock);
    return 0;
}
