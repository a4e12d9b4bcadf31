#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define SENDERS 30
#define SLOTS 4

struct invoice {
    int number;
    char recipient[32];
};

static struct invoice invoices[SENDERS];
static sem_t smtp_slots;
static atomic_int sent, bounced;

static int format_mail(const struct invoice *inv, char *out, size_t cap) {
    if (strchr(inv->recipient, '@') == NULL)
        return -1;
    return snprintf(out, cap, "To: %s\nInvoice %d\n", inv->recipient, inv->number);
}

static int deliver(const struct invoice *inv) {
    char mail[128];
    sem_wait(&smtp_slots);
    if (format_mail(inv, mail, sizeof mail) < 0) {
        atomic_fetch_add(&bounced, 1);
        return -1;
    }
    atomic_fetch_add(&sent, 1);
    sem_post(&smtp_slots);
    return 0;
}

static void *sender_main(void *arg) {
    int n = (int)(intptr_t)arg;
    char name[16];
    snprintf(name, sizeof name, "sender-%02d", n);
    pthread_setname_np(pthread_self(), name);
    deliver(&invoices[n]);
    return NULL;
}

int main(void) {
    pthread_t senders[SENDERS];
    sem_init(&smtp_slots, 0, SLOTS);
    for (int i = 0; i < SENDERS; i++) {
        const char *format = i % 5 == 2 ? "customer%d" : "customer%d@example.org";
        invoices[i].number = 20240 + i;
        snprintf(invoices[i].recipient, sizeof invoices[i].recipient, format, i);
    }
    puts("READY");
    fflush(stdout);
    for (int i = 0; i < SENDERS; i++)
        pthread_create(&senders[i], NULL, sender_main, (void *)(intptr_t)i);
    for (int i = 0; i < SENDERS; i++)
        pthread_join(senders[i], NULL);
    printf("%d sent, %d bounced\n", sent, bounced);
    return 0;
}
