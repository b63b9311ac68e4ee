// Preloaded: a power cut for SQLite's files (*.db, *.db-wal). Remembers what each write since a file's last sync overwrote; at
// write or sync number CUT_AT every 512-byte sector that was not synced stays or goes back to its old content, as CUT_SEED
// throws the dice (torn, reordered writes), and the process ends as a machine without power does.
// With CUT_IMAGES=FOLDER the process goes on: after 1 to 2 * CUT_EVERY writes or syncs, again and again, CUT_MOST times, FOLDER/1, FOLDER/2 ...
// get the store's files as a cut would have left them then, and FOLDER/n/at the monotonic clock's nanoseconds of that moment.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct Write {
    char path[512];
    off_t at, size_before;
    size_t length;
    ssize_t old_length;
    char *old;
    struct Write *older;
} Write;

static Write *newest;
static long operations, cut_at, every, most, made;
static const char *images;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void begin(void) {
    real_pwrite = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate64");
    char *at = getenv("CUT_AT"), *seed = getenv("CUT_SEED");
    cut_at = at ? atol(at) : 0;
    srand(seed ? atoi(seed) : 1);
    images = getenv("CUT_IMAGES");
    if (images) {
        every = atol(getenv("CUT_EVERY"));
        most = atol(getenv("CUT_MOST"));
        cut_at = 1 + rand() % (2 * every);
    }
}

static int is_ours(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, 511);
    if (!cut_at || length < 0) return 0;
    path[length] = 0;
    char *end = strstr(path, ".db");
    return end && (!end[3] || !strcmp(end + 3, "-wal"));
}

// Newest first, so that a sector that goes back goes back to what stood there before its oldest write that was not synced.
static void drop_unsynced(const char *folder) {
    char path[1200];
    for (Write *write = newest; write; write = write->older) {
        snprintf(path, sizeof path, "%s%s", folder ? folder : "", folder ? strrchr(write->path, '/') : write->path);
        int file = open(path, O_RDWR);
        if (file < 0) continue;
        for (size_t o = 0; o < write->length; o += 512) {
            if (rand() & 1) continue;
            size_t length = write->length - o < 512 ? write->length - o : 512;
            char sector[512] = { 0 };
            if ((ssize_t)o < write->old_length) {
                size_t known = write->old_length - o < length ? write->old_length - o : length;
                memcpy(sector, write->old + o, known);
            }
            real_pwrite(file, sector, length, write->at + o);
        }
        if (write->at + (off_t)write->length > write->size_before && rand() % 3 == 0) real_ftruncate(file, write->size_before);
        close(file);
    }
}

static void copy(const char *from, const char *folder) {
    static char buffer[1 << 20];
    char to[1200];
    snprintf(to, sizeof to, "%s%s", folder, strrchr(from, '/'));
    int in = open(from, O_RDONLY), out = in < 0 ? -1 : open(to, O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (ssize_t length; out >= 0 && (length = read(in, buffer, sizeof buffer)) > 0;)
        if (write(out, buffer, length) != length) abort();
    if (in >= 0) close(in);
    if (out >= 0) close(out);
}

// The files as they would lie there had the power gone now. PATH names one of them.
static void image(const char *path) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    char base[512], folder[700], done[600], file[800];
    strcpy(base, path);
    strstr(base, ".db")[3] = 0;
    snprintf(done, sizeof done, "%s/%ld", images, ++made);
    snprintf(folder, sizeof folder, "%s.making", done);
    mkdir(folder, 0700);
    for (const char **end = (const char *[]){ "", "-wal", "-mark", NULL }; *end; end++) {
        snprintf(file, sizeof file, "%s%s", base, *end);
        copy(file, folder);
    }
    drop_unsynced(folder);
    snprintf(file, sizeof file, "%s/at", folder);
    FILE *at = fopen(file, "w");
    fprintf(at, "%lld\n", (long long)now.tv_sec * 1000000000LL + now.tv_nsec);
    fclose(at);
    rename(folder, done);
}

static void cut(const char *path) {
    if (!images) {
        drop_unsynced(NULL);
        _exit(137);
    }
    if (made < most) image(path);
    cut_at = operations + 1 + rand() % (2 * every);
}

static ssize_t remember_and_write(int file, const void *bytes, size_t length, off_t at) {
    char path[512];
    if (!is_ours(file, path)) return real_pwrite(file, bytes, length, at);
    pthread_mutex_lock(&gate);
    Write *write = calloc(1, sizeof *write);
    strcpy(write->path, path);
    write->at = at;
    write->length = length;
    write->old = malloc(length);
    write->old_length = pread(file, write->old, length, at);
    struct stat state;
    fstat(file, &state);
    write->size_before = state.st_size;
    write->older = newest;
    newest = write;
    ssize_t written = real_pwrite(file, bytes, length, at);
    if (++operations >= cut_at) cut(path);
    pthread_mutex_unlock(&gate);
    return written;
}

static int forget_and_sync(int file, int (*real)(int)) {
    char path[512];
    if (!is_ours(file, path)) return real(file);
    pthread_mutex_lock(&gate);
    if (++operations >= cut_at) cut(path);
    int result = real(file);
    for (Write **at = &newest; *at;) {
        Write *write = *at;
        if (strcmp(write->path, path)) {
            at = &write->older;
            continue;
        }
        *at = write->older;
        free(write->old);
        free(write);
    }
    pthread_mutex_unlock(&gate);
    return result;
}

// A long write is made piece by piece, half a page each: the power may go in the midst of it.
static ssize_t in_pieces(int file, const char *bytes, size_t length, off_t at) {
    size_t done = 0;
    while (done < length) {
        size_t piece = length - done < 2048 ? length - done : 2048;
        ssize_t written = remember_and_write(file, bytes + done, piece, at + done);
        if (written < 0) return done ? (ssize_t)done : written;
        done += written;
        if ((size_t)written < piece) break;
    }
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at) { return in_pieces(file, bytes, length, at); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return in_pieces(file, bytes, length, at); }
int fsync(int file) { return forget_and_sync(file, real_fsync); }
int fdatasync(int file) { return forget_and_sync(file, real_fdatasync); }
