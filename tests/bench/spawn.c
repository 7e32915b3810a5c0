/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spawn - start commands one after another, many rounds, and say what each start cost.
 *
 *	spawn ROUNDS -- COMMAND ARG... [--or COMMAND ARG...] -- COMMAND ARG... [...]
 *
 * Every second round goes backwards, so that no command always runs after the same one; of commands joined by --or the next one has
 * its turn in each round.  One line a start: number of the command, or of the first of those, nanoseconds from start to end, peak memory
 * in KiB, exit status.  A small process of its own, because Linux counts the
 * memory of the process that starts another into that one's peak: measured from Python, everything would need 10 MiB.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv)
{
	char **commands[64][2];
	int turns[64], n = 0, rounds = argc > 1 ? atoi(argv[1]) : 0;
	posix_spawn_file_actions_t quiet;

	for (int i = 2; i < argc; i++) {
		bool other = !strcmp(argv[i], "--or") && n && turns[n - 1] < 2;

		if (strcmp(argv[i], "--") && !other)
			continue;
		argv[i] = NULL; /* ends the command before it */
		if (other)
			commands[n - 1][turns[n - 1]++] = argv + i + 1;
		else if (n < 64 && i + 1 < argc) {
			commands[n][0] = argv + i + 1;
			turns[n++] = 1;
		}
	}
	if (rounds <= 0 || n == 0) {
		fprintf(stderr, "usage: spawn ROUNDS -- COMMAND ARG... [--or COMMAND ARG...] [-- COMMAND ARG...]\n");
		return 2;
	}
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
	for (int round = 0; round < rounds; round++) {
		for (int i = 0; i < n; i++) {
			int which = round % 2 ? n - 1 - i : i, status = 0;
			struct rusage use;
			char **command = commands[which][round % turns[which]];
			long long start = now();
			pid_t pid;

			if (posix_spawn(&pid, command[0], &quiet, NULL, command, environ) ||
			    wait4(pid, &status, 0, &use) < 0) {
				fprintf(stderr, "spawn: cannot run %s\n", command[0]);
				return 1;
			}
			printf("%d %lld %ld %d\n", which, now() - start, use.ru_maxrss,
			       WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		}
	}
	return 0;
}
