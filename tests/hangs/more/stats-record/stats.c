#include <pthread.h>
#include <stdio.h>

static pthread_spinlock_t stats_lock;
static long total;

static int record(long value) {
    pthread_spin_lock(&stats_lock);
    if (value < 0) return -1;
    total += value;
    pthread_spin_unlock(&stats_lock);
    return 0;
}

int main(void) {
    pthread_spin_init(&stats_lock, 0);
    puts("READY"); fflush(stdout);
    record(5);
    record(-1);
    record(7);
    return (int)total;
}
