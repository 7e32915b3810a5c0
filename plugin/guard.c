/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guard.c - see guard.h */

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#include "plugin/commands.h"
#include "plugin/guard.h"
#include "plugin/output.h"
#include "plugin/settings.h"

enum {
	EXIT_START = 0,
	EXIT_REFUSED = 3,
	WAIT_MS = 2000,
	LAST_SECONDS = 3,	 /* then the kernel ends this process itself */
	ANSWER_MAX = 256 << 10, /* what XAPI and a log are asked to hold */
	END = '\n',		 /* the last byte of every answer; the first is its status */
};

bool guard_is_hook(int argc, char **argv, int first)
{
	return first < argc && argv[first][0] == '-' && argv[first][1] != '-';
}

static const char *option(int argc, char **argv, int first, const char *name)
{
	for (int i = first; i + 1 < argc; i++)
		if (streq(argv[i], name))
			return argv[i + 1];
	return NULL;
}

/* ---- the process that looks --------------------------------------------------------------------------------------- */

static void add_notes(struct strbuf *out, const struct result *res)
{
	for (size_t i = 0; i < res->notes.n; i++) {
		strbuf_add(out, "note: ");
		strbuf_add_printable(out, res->notes.v[i], strlen(res->notes.v[i]));
		strbuf_addc(out, END);
	}
}

static void refuse(struct strbuf *out, const struct result *res, const char *uuid)
{
	strbuf_add(out, "xe-passthrough keeps the VM ");
	strbuf_add_printable(out, uuid, strlen(uuid));
	strbuf_add(out, " from starting:\n");
	output_findings(out, &cmd_guard, &res->findings, true, true);
	strbuf_add(out, "  (guard = warn in " SETTINGS_FILE " lets VMs start all the same)\n");
}

/* A line each, where it says more than that all is well. */
static void warn(struct strbuf *out, const struct result *res)
{
	for (size_t i = 0; i < res->findings.n; i++) {
		const struct finding *x = &res->findings.v[i];

		if (x->severity == SEV_INFO)
			continue;
		strbuf_addf(out, "%s %s: ", severity_name(x->severity), x->code);
		strbuf_add_printable(out, x->text, strlen(x->text));
		strbuf_addc(out, END);
	}
	if (out->len)
		add_notes(out, res);
}

static void look(const char *uuid, const char *host_dir, struct strbuf *out, int *status)
{
	_cleanup_(args_done) struct args args = { .cmd = &cmd_guard };
	_cleanup_(host_freep) struct host *h = NULL;
	_cleanup_(result_done) struct result res = { 0 };
	struct run_options opt = { .show = SHOW_BRIEF, .door = "hook", .command = "guard" };
	struct err err = { 0 };
	int rc = host_open(&h, host_dir, &err);

	if (rc == 0)
		rc = args_add(&args, "vm-uuid", uuid, &err);
	if (rc == 0)
		rc = command_run(h, &args, &opt, &res, &err);
	*status = rc == 0 && res.status == EXIT_REFUSED ? EXIT_REFUSED : EXIT_START;
	if (rc < 0)
		strbuf_addf(out, "not judged: %s\n", err.text);
	else if (*status == EXIT_REFUSED)
		refuse(out, &res, uuid);
	else
		warn(out, &res);
}

/* Status, text, END: an answer that stops short of its end is none. */
static void answer(int to, const char *uuid, const char *host_dir)
{
	_cleanup_strbuf_ struct strbuf text = { 0 }, all = { 0 };
	int status;

	look(uuid, host_dir, &text, &status);
	strbuf_addc(&all, (char)('0' + status));
	strbuf_addn(&all, strbuf_str(&text), MIN(text.len, (size_t)ANSWER_MAX - 2));
	strbuf_addc(&all, END);
	for (size_t done = 0; done < all.len;) {
		ssize_t n = write(to, all.s + done, all.len - done);

		if (n <= 0)
			return;
		done += (size_t)n;
	}
}

/*
 * What a library prints goes nowhere, into a pipe without a reader: it must not mix with our words, and a process that cannot be ended
 * must not keep the hook's output open.
 */
static void leave_output(void)
{
	int fds[2];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (pipe(fds) < 0)
		_exit(0);
	close(fds[0]);
	dup2(fds[1], STDOUT_FILENO);
	dup2(fds[1], STDERR_FILENO);
}

/* ---- the process that waits ---------------------------------------------------------------------------------------- */

static int ms_left(const struct timespec *start)
{
	struct timespec now;
	long long passed;

	clock_gettime(CLOCK_MONOTONIC, &now);
	passed = (long long)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
	return passed >= WAIT_MS ? 0 : (int)(WAIT_MS - passed);
}

/* Until the end of the pipe. False: time is up. */
static bool collect(int from, const struct timespec *start, struct strbuf *ret)
{
	for (;;) {
		struct pollfd p = { .fd = from, .events = POLLIN };
		char *at = strbuf_reserve(ret, 4096);
		ssize_t n;

		if (poll(&p, 1, ms_left(start)) <= 0)
			return false;
		n = read(from, at, 4096);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || ret->len > ANSWER_MAX)
			return true;
		ret->len += (size_t)n;
		at[n] = '\0';
	}
}

static int start_anyway(const char *why)
{
	printf("not judged: %s\n", why);
	return EXIT_START;
}

static int show(const struct strbuf *answer)
{
	fwrite(answer->s + 1, 1, answer->len - 2, stdout);
	return answer->s[0] == '0' + EXIT_REFUSED ? EXIT_REFUSED : EXIT_START;
}

static int wait_for(pid_t pid, int from, const struct timespec *start)
{
	_cleanup_strbuf_ struct strbuf all = { 0 };
	bool ended = collect(from, start, &all);
	int status = 0;

	if (!ended) {
		kill(pid, SIGKILL); /* and not waited for: it may be where no signal reaches */
		return start_anyway("there was no answer in time");
	}
	if (all.len >= 2 && all.s[all.len - 1] == END)
		return show(&all);
	if (waitpid(pid, &status, 0) == pid && WIFSIGNALED(status))
		return start_anyway(strsignal(WTERMSIG(status)));
	return start_anyway("the program broke off");
}

int guard_main(int argc, char **argv, int first, const char *host_dir)
{
	const char *uuid = option(argc, argv, first, "-vmuuid");
	struct timespec start;
	int fds[2], rc;
	pid_t pid;

	alarm(LAST_SECONDS);
	clock_gettime(CLOCK_MONOTONIC, &start);
	if (!uuid)
		rc = start_anyway("the hook was called without -vmuuid");
	else if (pipe(fds) < 0 || (pid = fork()) < 0)
		rc = start_anyway(strerror(errno));
	else if (pid) {
		close(fds[1]);
		rc = wait_for(pid, fds[0], &start);
	} else {
		close(fds[0]);
		leave_output();
		answer(fds[1], uuid, host_dir);
		_exit(0);
	}
	fflush(stdout);
	return rc;
}
