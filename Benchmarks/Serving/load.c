// A load client that costs little itself: one thread, epoll, no library.
//
//   load http   PORT CONNECTIONS SECONDS BODY [HEADER]   posts BODY to /graphql over kept connections, one at a time each
//   load fanout PORT CONNECTIONS FLOOD MESSAGES...       opens WebSockets, sends MESSAGES on each, and waits for events
//
// `http` prints {"requests":…,"seconds":…,"rate":…,"p50_us":…,"p99_us":…,"failures":…}. `fanout` prints `ready N` once
// every socket has its acknowledgement, and obeys lines of its standard input until that ends: `event` (one is about to
// happen) waits for a "next" message per socket and prints {"received":…,"expected":…,"extra":…,"p50_ms":…,"p99_ms":…,
// "last_ms":…}; `slow` lets the first socket send FLOOD many times, which asks for long answers, and never read again.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

struct client {
    int fd;
    int stage;
    size_t used;
    uint64_t since;
    char buffer[2048];
};

static struct client *clients;
static int count, port, poller;
static uint64_t *samples;
static size_t sample_count, sample_limit;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void sample(uint64_t value) {
    if (sample_count < sample_limit) samples[sample_count++] = value;
}

static int by_value(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static double quantile(double part) {
    if (sample_count == 0) return 0;
    return (double)samples[(size_t)(part * (double)(sample_count - 1))];
}

// Addresses of the loopback network in turn: one of them has ports for some 28,000 connections only.
static void open_client(struct client *client, int index) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct sockaddr_in source = {.sin_family = AF_INET};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    source.sin_addr.s_addr = htonl(0x7F000001u + (uint32_t)(index / 20000));
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->fd < 0) die("socket");
    int on = 1;
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    // The first may become a slow reader; the kernel should not read for it.
    int small = 4096;
    if (index == 0) setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    if (bind(client->fd, (struct sockaddr *)&source, sizeof(source)) != 0) die("bind");
    if (connect(client->fd, (struct sockaddr *)&address, sizeof(address)) != 0) die("connect");
    fcntl(client->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, client->fd, &event) != 0) die("epoll_ctl");
}

static void send_all(struct client *client, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(client->fd, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) continue;
        if (sent < 0) die("send");
        bytes += sent;
        length -= (size_t)sent;
    }
}

// A masked text frame; the mask is zero, so the payload stays readable.
static void send_frame(struct client *client, const char *text) {
    size_t length = strlen(text);
    char frame[4096];
    size_t head = length < 126 ? 6 : 8;
    if (length + head > sizeof(frame)) die("message too long");
    frame[0] = (char)0x81;
    if (length < 126) {
        frame[1] = (char)(0x80 | length);
    } else {
        frame[1] = (char)(0x80 | 126);
        frame[2] = (char)(length >> 8);
        frame[3] = (char)(length & 0xFF);
    }
    memset(frame + head - 4, 0, 4);
    memcpy(frame + head, text, length);
    send_all(client, frame, head + length);
}

// Reads what is there behind what is known; false when the connection is over.
static int fill(struct client *client) {
    if (client->used >= sizeof(client->buffer) - 1) client->used = 0;
    ssize_t got = recv(client->fd, client->buffer + client->used, sizeof(client->buffer) - 1 - client->used, 0);
    if (got < 0 && errno == EAGAIN) return 1;
    if (got <= 0) return 0;
    client->used += (size_t)got;
    client->buffer[client->used] = 0;
    return 1;
}

static int contains(struct client *client, const char *word) {
    return memmem(client->buffer, client->used, word, strlen(word)) != NULL;
}

// The server pings those who are silent, and closes those who do not answer.
static void answer_ping(struct client *client) {
    static const char pong[] = {(char)0x8A, (char)0x84, 0, 0, 0, 0, 'p', 'i', 'n', 'g'};
    char *ping = memmem(client->buffer, client->used, "\x89\x04ping", 6);
    if (!ping) return;
    send_all(client, pong, sizeof(pong));
    memmove(ping, ping + 6, client->used - (size_t)(ping - client->buffer) - 6);
    client->used -= 6;
    client->buffer[client->used] = 0;
}

static void run_http(double seconds, const char *body, const char *header) {
    char request[8192];
    int length = snprintf(request, sizeof(request),
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Content-Length: %zu\r\n%s%s\r\n%s", strlen(body), header, header[0] ? "\r\n" : "", body);
    for (int i = 0; i < count; i++) open_client(&clients[i], i);
    uint64_t start = now_ns(), warm = start + 1000000000u, end = warm + (uint64_t)(seconds * 1e9);
    size_t requests = 0, failures = 0;
    for (int i = 0; i < count; i++) {
        clients[i].since = now_ns();
        send_all(&clients[i], request, (size_t)length);
    }
    struct epoll_event events[256];
    uint64_t now = start;
    while (now < end) {
        int ready = epoll_wait(poller, events, 256, 100);
        now = now_ns();
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (!fill(client)) die("the server closed a connection");
            char *head = memmem(client->buffer, client->used, "\r\n\r\n", 4);
            char *field = head ? strcasestr(client->buffer, "content-length: ") : NULL;
            if (!field) continue;
            size_t whole = (size_t)(head + 4 - client->buffer) + (size_t)atol(field + 16);
            if (whole >= sizeof(client->buffer)) { fprintf(stderr, "answer too long\n"); exit(1); }
            if (client->used < whole) continue;
            if (now >= warm) {
                requests++;
                sample(now - client->since);
                if (strncmp(client->buffer, "HTTP/1.1 200", 12) != 0 || contains(client, "\"errors\"")) {
                    if (failures++ == 0) fprintf(stderr, "the first failure: %.*s\n", (int)whole, client->buffer);
                }
            }
            client->used = 0;
            client->since = now;
            send_all(client, request, (size_t)length);
        }
    }
    qsort(samples, sample_count, sizeof(*samples), by_value);
    printf("{\"requests\":%zu,\"seconds\":%.3f,\"rate\":%.0f,\"p50_us\":%.0f,\"p99_us\":%.0f,\"failures\":%zu}\n", requests,
        (double)(now - warm) / 1e9, (double)requests / ((double)(now - warm) / 1e9), quantile(0.5) / 1e3,
        quantile(0.99) / 1e3, failures);
}

// Asks for long answers and leaves them unread.
static void become_slow(struct client *client, const char *flood) {
    epoll_ctl(poller, EPOLL_CTL_DEL, client->fd, NULL);
    char message[2048];
    for (int i = 0; i < 64; i++) {
        snprintf(message, sizeof(message), "{\"id\":\"flood%d\",\"type\":\"subscribe\",\"payload\":%s}", i, flood);
        send_frame(client, message);
    }
    printf("slow\n");
}

// Waits for a "next" message on each socket, and then for silence, so that a round never sees the one before.
static void await_event(int expected) {
    struct epoll_event events[256];
    uint64_t start = now_ns(), last = start;
    int received = 0, extra = 0;
    sample_count = 0;
    for (int i = 0; i < count; i++) clients[i].stage = 2;
    for (;;) {
        int ready = epoll_wait(poller, events, 256, received < expected ? 30000 : 200);
        if (ready <= 0) break;
        uint64_t now = now_ns();
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (!fill(client)) { fprintf(stderr, "the server closed a socket\n"); exit(1); }
            answer_ping(client);
            if (!contains(client, "\"next\"")) continue;
            client->used = 0;
            if (client->stage == 3) { extra++; continue; }
            client->stage = 3;
            received++;
            last = now;
            sample(now - start);
        }
    }
    qsort(samples, sample_count, sizeof(*samples), by_value);
    printf("{\"received\":%d,\"expected\":%d,\"extra\":%d,\"first_ms\":%.1f,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"last_ms\":%.1f}\n",
        received, expected, extra, quantile(0) / 1e6, quantile(0.5) / 1e6, quantile(0.99) / 1e6,
        (double)(last - start) / 1e6);
}

static void run_fanout(const char *flood, char **messages, int message_count) {
    static const char handshake[] =
        "GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
    int ready_count = 0, opened = 0;
    struct epoll_event events[256];
    // A few at a time: the listener's queue is finite.
    while (ready_count < count) {
        while (opened < count && opened - ready_count < 200) {
            open_client(&clients[opened], opened);
            send_all(&clients[opened], handshake, sizeof(handshake) - 1);
            opened++;
        }
        int ready = epoll_wait(poller, events, 256, 30000);
        if (ready <= 0) die("the server does not answer");
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (!fill(client)) { fprintf(stderr, "the server closed a socket\n"); exit(1); }
            answer_ping(client);
            if (client->stage == 0 && contains(client, "\r\n\r\n")) {
                client->stage = 1;
                client->used = 0;
                send_frame(client, messages[0]);
            } else if (client->stage == 1 && contains(client, "connection_ack")) {
                client->stage = 2;
                client->used = 0;
                for (int m = 1; m < message_count; m++) send_frame(client, messages[m]);
                ready_count++;
            }
        }
    }
    printf("ready %d\n", ready_count);
    fflush(stdout);
    int slow_count = 0;
    char line[16];
    while (fgets(line, sizeof(line), stdin)) {
        if (strcmp(line, "slow\n") == 0) {
            slow_count = 1;
            become_slow(&clients[0], flood);
        } else {
            await_event(count - slow_count);
        }
        fflush(stdout);
    }
}

int main(int argc, char **argv) {
    if (argc < 6) { fprintf(stderr, "usage: see the source\n"); return 64; }
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    port = atoi(argv[2]);
    count = atoi(argv[3]);
    sample_limit = 20000000;
    samples = malloc(sample_limit * sizeof(*samples));
    clients = calloc((size_t)count, sizeof(*clients));
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (!samples || !clients || poller < 0) die("start");
    if (strcmp(argv[1], "http") == 0 ) {
        run_http(atof(argv[4]), argv[5], argc > 6 ? argv[6] : "");
    } else {
        run_fanout(argv[4], argv + 5, argc - 5);
    }
    return 0;
}
