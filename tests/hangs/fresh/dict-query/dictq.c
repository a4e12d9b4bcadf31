#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *entries[][2] = {
    {"Haus", "house"}, {"Baum", "tree"}, {"Fluss", "river"},
};

static const char *translate(const char *word) {
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        if (strcmp(entries[i][0], word) == 0)
            return entries[i][1];
    return "?";
}

static int serve_words(int fd) {
    char line[128];
    prctl(PR_SET_NAME, "dict-server");
    FILE *conn = fdopen(fd, "r+");
    while (fgets(line, sizeof line, conn)) {
        line[strcspn(line, "\n")] = 0;
        fprintf(conn, "%s\n", translate(line));
        fflush(conn);
    }
    return 0;
}

static int ask_word(FILE *in, FILE *out, const char *word) {
    char answer[128];
    fprintf(out, "%s\n", word);
    if (!fgets(answer, sizeof answer, in))
        return -1;
    printf("%s: %s", word, answer);
    return 0;
}

int main(void) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
        return 1;
    pid_t server = fork();
    if (server == 0) {
        close(ends[0]);
        _exit(serve_words(ends[1]));
    }
    close(ends[1]);
    FILE *in = fdopen(ends[0], "r"), *out = fdopen(dup(ends[0]), "w");
    puts("READY");
    fflush(stdout);
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        if (ask_word(in, out, entries[i][0]))
            return 1;
    fclose(out);
    fclose(in);
    waitpid(server, NULL, 0);
    return 0;
}
