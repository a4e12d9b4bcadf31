#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define RING 16
#define FRAMES 60

struct slot {
    atomic_uint seq;
    short samples[32];
};

static struct slot ring[RING];
static atomic_uint taken;

static int decode(unsigned n, short *out) {
    if (n == 41)
        return -1;
    for (int i = 0; i < 32; i++)
        out[i] = (short)(n * 31 + i);
    return 0;
}

static void *decoder_main(void *arg) {
    (void)arg;
    pthread_setname_np(pthread_self(), "decoder");
    for (unsigned n = 1; n <= FRAMES; n++) {
        struct slot *s = &ring[n % RING];
        while (n - atomic_load(&taken) > RING)
            ;
        if (decode(n, s->samples) < 0) {
            puts("READY");
            fflush(stdout);
            break;
        }
        atomic_store_explicit(&s->seq, n, memory_order_release);
    }
    return NULL;
}

static const struct slot *take_frame(unsigned n) {
    const struct slot *s = &ring[n % RING];
    while (atomic_load_explicit(&s->seq, memory_order_acquire) != n)
        __builtin_ia32_pause();
    return s;
}

static void *mixer_main(void *arg) {
    long *level = arg;
    pthread_setname_np(pthread_self(), "mixer");
    for (unsigned n = 1; n <= FRAMES; n++) {
        *level += take_frame(n)->samples[0];
        atomic_store(&taken, n);
    }
    return NULL;
}

int main(void) {
    pthread_t decoder, mixer;
    long level = 0;
    pthread_create(&mixer, NULL, mixer_main, &level);
    pthread_create(&decoder, NULL, decoder_main, NULL);
    pthread_join(decoder, NULL);
    pthread_join(mixer, NULL);
    printf("level %ld\n", level);
    return 0;
}
