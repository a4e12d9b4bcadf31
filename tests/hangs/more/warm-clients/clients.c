#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int server = socket(AF_INET, SOCK_STREAM, 0);
    bind(server, (struct sockaddr *)&address, sizeof address);
    listen(server, 1);
    getsockname(server, (struct sockaddr *)&address, &length);
    puts("READY"); fflush(stdout);
    for (int i = 0; i < 8; i++) {
        int client = socket(AF_INET, SOCK_STREAM, 0);
        while (connect(client, (struct sockaddr *)&address, sizeof address) != 0) {}
    }
    return 0;
}
