// The floor under the hub's ingest: the same rows into the same tables, prepared, in a plain C loop on the same SQLite; one
// transaction per batch, one segment of so many bytes in each.
// usage: insertfloor DB DDL-FILE BATCHES ROWS-PER-BATCH SEGMENT-BYTES -> rows per second
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_open(const char *, sqlite3 **);
int sqlite3_close(sqlite3 *);
int sqlite3_exec(sqlite3 *, const char *, void *, void *, char **);
int sqlite3_prepare_v2(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
int sqlite3_step(sqlite3_stmt *);
int sqlite3_reset(sqlite3_stmt *);
int sqlite3_bind_int64(sqlite3_stmt *, int, long long);
int sqlite3_bind_text(sqlite3_stmt *, int, const char *, int, void (*)(void *));
int sqlite3_bind_blob(sqlite3_stmt *, int, const void *, int, void (*)(void *));
const char *sqlite3_errmsg(sqlite3 *);

static sqlite3 *db;

static void ok(int code) {
    if (code == 0 || code == 100 || code == 101) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    ok(sqlite3_prepare_v2(db, sql, -1, &statement, 0));
    return statement;
}

static void run(sqlite3_stmt *statement) {
    ok(sqlite3_step(statement));
    ok(sqlite3_reset(statement));
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int count, char **values) {
    if (count != 6) return 64;
    int batches = atoi(values[3]), rows = atoi(values[4]), bytes = atoi(values[5]);
    static char ddl[1 << 20];
    FILE *file = fopen(values[2], "r");
    if (!file) return 66;
    ddl[fread(ddl, 1, sizeof ddl - 1, file)] = 0;
    fclose(file);
    ok(sqlite3_open(values[1], &db));
    ok(sqlite3_exec(db, "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=0;", 0, 0, 0));
    ok(sqlite3_exec(db, ddl, 0, 0, 0));
    sqlite3_stmt *begin = prepare("begin immediate"), *commit = prepare("commit");
    sqlite3_stmt *entry = prepare("insert into entry (region, device_no, epoch, seq, segment_id, ordinal, kind, schema, captured_effective_ms, civil_day) values (?,?,?,?,?,?,?,?,?,?)");
    sqlite3_stmt *segment = prepare("insert into segment (region, segment_id, device_no, epoch, from_seq, count, raw_length, prev_hash, last_hash, received_ms, wire) values (?,?,?,?,?,?,?,?,?,?,?)");
    char *wire = malloc(bytes), hash[32] = { 1 };
    for (int i = 0; i < bytes; i++) wire[i] = (char)rand();
    double start = now();
    for (long long b = 0; b < batches; b++) {
        run(begin);
        sqlite3_bind_text(segment, 1, "530924", -1, 0);
        long long numbers[] = { b + 1, 1, 1, b * rows + 1, rows, 1100LL * rows };
        for (int i = 0; i < 6; i++) sqlite3_bind_int64(segment, i + 2, numbers[i]);
        sqlite3_bind_blob(segment, 8, hash, 32, 0);
        sqlite3_bind_blob(segment, 9, hash, 32, 0);
        sqlite3_bind_int64(segment, 10, 1741136523004LL);
        sqlite3_bind_blob(segment, 11, wire, bytes, 0);
        run(segment);
        for (long long r = 0; r < rows; r++) {
            sqlite3_bind_text(entry, 1, "530924", -1, 0);
            sqlite3_bind_int64(entry, 2, 1);
            sqlite3_bind_int64(entry, 3, 1);
            sqlite3_bind_int64(entry, 4, b * rows + r + 1);
            sqlite3_bind_int64(entry, 5, b + 1);
            sqlite3_bind_int64(entry, 6, r);
            sqlite3_bind_text(entry, 7, "VisitSettled", -1, 0);
            sqlite3_bind_int64(entry, 8, 1);
            sqlite3_bind_int64(entry, 9, 1741136523004LL + b * rows + r);
            sqlite3_bind_text(entry, 10, "2025-03-05", -1, 0);
            run(entry);
        }
        run(commit);
    }
    printf("%.0f\n", batches * (double)rows / (now() - start));
    return 0;
}
