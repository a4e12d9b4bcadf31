#include <stdint.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct window {
    const char *volume;
    int every_seconds;
};

static time_t next_slot(int every)
{
    time_t now = time(NULL);
    return now - now % every + every;
}

static int arm_slot(int timer, time_t when)
{
    struct itimerspec spec = { .it_value = { .tv_sec = when } };
    return timerfd_settime(timer, TFD_TIMER_ABSTIME, &spec, NULL);
}

static int await_slot(int timer)
{
    uint64_t expirations;
    return read(timer, &expirations, sizeof expirations) == sizeof expirations ? 0 : -1;
}

static int back_up(const struct window *window)
{
    char line[32];
    time_t now = time(NULL);
    strftime(line, sizeof line, "%H:%M:%S", localtime(&now));
    return printf("%s snapshot of %s\n", line, window->volume) < 0;
}

int main(void)
{
    const struct window windows[] = { { "/srv/mail", 2 }, { "/srv/wiki", 3 } };
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    if (timer < 0) {
        perror("timerfd_create");
        return 1;
    }
    for (unsigned i = 0; i < sizeof windows / sizeof *windows; i++) {
        if (arm_slot(timer, next_slot(windows[i].every_seconds))) {
            perror("timerfd_settime");
            return 1;
        }
        puts("READY");
        fflush(stdout);
        if (await_slot(timer) || back_up(&windows[i]))
            return 1;
    }
    close(timer);
    return 0;
}
