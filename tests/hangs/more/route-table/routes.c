#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t table_lock = PTHREAD_RWLOCK_INITIALIZER;
static int routes = 4;

static void replace_routes(int count) {
    pthread_rwlock_wrlock(&table_lock);
    routes = count;
    pthread_rwlock_unlock(&table_lock);
}

static void *refresh(void *arg) {
    (void)arg;
    replace_routes(8);
    return NULL;
}

int main(void) {
    pthread_t thread;
    pthread_rwlock_rdlock(&table_lock);
    puts("READY"); fflush(stdout);
    pthread_create(&thread, NULL, refresh, NULL);
    pthread_join(thread, NULL);
    pthread_rwlock_unlock(&table_lock);
    return routes;
}
