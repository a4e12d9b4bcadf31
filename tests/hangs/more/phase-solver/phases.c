#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t phase;

static void *solve(void *arg) {
    (void)arg;
    pthread_barrier_wait(&phase);
    return NULL;
}

int main(void) {
    pthread_t solvers[3];
    pthread_barrier_init(&phase, NULL, 4);
    for (int i = 0; i < 3; i++) pthread_create(&solvers[i], NULL, solve, NULL);
    puts("READY"); fflush(stdout);
    for (int i = 0; i < 3; i++) pthread_join(solvers[i], NULL);
    return 0;
}
