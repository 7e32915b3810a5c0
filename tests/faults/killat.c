/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * killat.c - run a program and end it, or let one call fail, at a chosen system call.
 *
 *	killat -o REPORT [-k N | -e ERRNO -n N [-s] | -x COMMAND -n N] [--] PROGRAM [ARGUMENT...]
 *
 *	-k N	  SIGKILL at the entry of the N-th system call after exec: the call itself is not made any more
 *	-n N	  the N-th call that changes files is not made, and gives -ERRNO (-e) to the program
 *	-s	  and so do all such calls after it, as on a disk that is full and stays full
 *	-x CMD	  before the N-th call that changes files is made, a shell runs CMD: what another program does at that moment
 *	-o FILE	  one line: "calls=N changing=N first=N hit=NAME end=killed|exit|signal status=N hypercalls=N"; first: the call
 *		  that was the first to change a file (0: none was), hit=-: the one asked for was never reached;
 *		  hypercalls: how many of the calls went on to Xen
 *
 * With neither -k nor -n the calls are counted.  Exit status: 0 when the program was run to one of these ends, 77
 * where this machine cannot do it (the reason on stderr), 1 otherwise.  What the program exits with stands in the report.
 *
 * Calls that change files: those that create, write, sync, rename, remove, resize, dress or lock one.  Writes to descriptors 0 to 2
 * are the program's words to its caller, and left alone.
 */

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define SKIP 77

#if defined(__x86_64__) || defined(__aarch64__)

/* ---- the registers of the two machines --------------------------------------------------------------- */

struct call {
	long nr;
	unsigned long arg[3];
};

#if defined(__x86_64__)
static bool call_read(pid_t pid, struct call *c)
{
	struct user_regs_struct r;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &r) < 0)
		return false;
	*c = (struct call){ (long)r.orig_rax, { r.rdi, r.rsi, r.rdx } };
	return true;
}

/* At the entry: make it no call at all. */
static bool call_drop(pid_t pid)
{
	struct user_regs_struct r;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &r) < 0)
		return false;
	r.orig_rax = (unsigned long)-1;
	return ptrace(PTRACE_SETREGS, pid, NULL, &r) == 0;
}

/* At the exit: what the program gets. */
static bool call_result(pid_t pid, long value)
{
	struct user_regs_struct r;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &r) < 0)
		return false;
	r.rax = (unsigned long)value;
	return ptrace(PTRACE_SETREGS, pid, NULL, &r) == 0;
}
#else
#ifndef NT_ARM_SYSTEM_CALL
#define NT_ARM_SYSTEM_CALL 0x404
#endif

static bool regs_get(pid_t pid, struct user_regs_struct *r)
{
	struct iovec v = { r, sizeof(*r) };

	return ptrace(PTRACE_GETREGSET, pid, (void *)(uintptr_t)NT_PRSTATUS, &v) == 0;
}

static bool call_read(pid_t pid, struct call *c)
{
	struct user_regs_struct r;

	if (!regs_get(pid, &r))
		return false;
	*c = (struct call){ (long)r.regs[8], { r.regs[0], r.regs[1], r.regs[2] } };
	return true;
}

static bool call_drop(pid_t pid)
{
	int none = -1;
	struct iovec v = { &none, sizeof(none) };

	return ptrace(PTRACE_SETREGSET, pid, (void *)(uintptr_t)NT_ARM_SYSTEM_CALL, &v) == 0;
}

static bool call_result(pid_t pid, long value)
{
	struct user_regs_struct r;
	struct iovec v = { &r, sizeof(r) };

	if (!regs_get(pid, &r))
		return false;
	r.regs[0] = (unsigned long)value;
	return ptrace(PTRACE_SETREGSET, pid, (void *)(uintptr_t)NT_PRSTATUS, &v) == 0;
}
#endif

/* ---- which calls change files ------------------------------------------------------------------------ */

enum { ALWAYS = -1, ON_FILES = -2 }; /* else: the argument that holds the flags of an open */

static const struct {
	long nr;
	const char *name;
	int when;
} changing[] = {
	{ SYS_openat, "openat", 2 },
	{ SYS_write, "write", ON_FILES },
	{ SYS_writev, "writev", ON_FILES },
	{ SYS_pwrite64, "pwrite64", ON_FILES },
	{ SYS_fsync, "fsync", ALWAYS },
	{ SYS_fdatasync, "fdatasync", ALWAYS },
	{ SYS_renameat, "renameat", ALWAYS },
	{ SYS_mkdirat, "mkdirat", ALWAYS },
	{ SYS_unlinkat, "unlinkat", ALWAYS },
	{ SYS_linkat, "linkat", ALWAYS },
	{ SYS_symlinkat, "symlinkat", ALWAYS },
	{ SYS_ftruncate, "ftruncate", ALWAYS },
	{ SYS_truncate, "truncate", ALWAYS },
	{ SYS_fallocate, "fallocate", ALWAYS },
	{ SYS_flock, "flock", ALWAYS },
	{ SYS_fchmod, "fchmod", ALWAYS },
	{ SYS_fchmodat, "fchmodat", ALWAYS },
	{ SYS_fchown, "fchown", ALWAYS },
	{ SYS_fchownat, "fchownat", ALWAYS },
#ifdef SYS_renameat2
	{ SYS_renameat2, "renameat2", ALWAYS },
#endif
#ifdef SYS_open
	{ SYS_open, "open", 1 },
#endif
#ifdef SYS_creat
	{ SYS_creat, "creat", ALWAYS },
#endif
#ifdef SYS_rename
	{ SYS_rename, "rename", ALWAYS },
#endif
#ifdef SYS_mkdir
	{ SYS_mkdir, "mkdir", ALWAYS },
#endif
#ifdef SYS_rmdir
	{ SYS_rmdir, "rmdir", ALWAYS },
#endif
#ifdef SYS_unlink
	{ SYS_unlink, "unlink", ALWAYS },
#endif
#ifdef SYS_link
	{ SYS_link, "link", ALWAYS },
#endif
#ifdef SYS_chmod
	{ SYS_chmod, "chmod", ALWAYS },
#endif
};

/* The name of a call that changes files, NULL for all others. */
static const char *changing_name(const struct call *c)
{
	for (size_t i = 0; i < sizeof(changing) / sizeof(changing[0]); i++) {
		if (changing[i].nr != c->nr)
			continue;
		if (changing[i].when == ON_FILES && c->arg[0] <= 2)
			return NULL;
		if (changing[i].when >= 0 && !(c->arg[changing[i].when] & (O_CREAT | O_WRONLY | O_RDWR)))
			return NULL;
		return changing[i].name;
	}
	return NULL;
}

/* xen/privcmd.h: _IOC(_IOC_NONE, 'P', 0, six words of 64 bits) */
#define IOCTL_PRIVCMD_HYPERCALL 0x305000ul

/* ---- following the program ---------------------------------------------------------------------------- */

struct job {
	/* wanted */
	unsigned long kill_at, fail_at;
	int code;
	bool sticky;
	const char *meanwhile, *report;
	/* seen */
	unsigned long calls, changing, first, hypercalls;
	char hit[32];
	bool inside, dropped; /* between entry and exit of a call; and that call was taken away */
};

static int sorry(const char *what)
{
	fprintf(stderr, "killat: %s: %s\n", what, strerror(errno));
	return errno == EPERM || errno == ENOSYS ? SKIP : 1;
}

static void start(char **argv)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0) {
		fprintf(stderr, "killat: ptrace is not allowed here: %s\n", strerror(errno));
		_exit(SKIP);
	}
	raise(SIGSTOP);
	execv(argv[0], argv);
	fprintf(stderr, "killat: cannot run '%s': %s\n", argv[0], strerror(errno));
	_exit(127);
}

static bool at_entry(struct job *j, pid_t pid)
{
	struct call c;
	const char *name;

	if (!call_read(pid, &c))
		return false;
	name = changing_name(&c);
	j->calls++;
	j->hypercalls += c.nr == SYS_ioctl && c.arg[1] == IOCTL_PRIVCMD_HYPERCALL;
	if (name && !j->changing++)
		j->first = j->calls;
	if (j->calls == j->kill_at) {
		if (name)
			snprintf(j->hit, sizeof(j->hit), "%s", name);
		else
			snprintf(j->hit, sizeof(j->hit), "call-%ld", c.nr);
		return kill(pid, SIGKILL) == 0;
	}
	if (name && j->fail_at && (j->sticky ? j->changing >= j->fail_at : j->changing == j->fail_at)) {
		if (!j->hit[0])
			snprintf(j->hit, sizeof(j->hit), "%s", name);
		if (j->meanwhile)
			return system(j->meanwhile) == 0;
		j->dropped = true;
		return call_drop(pid);
	}
	return true;
}

static bool at_stop(struct job *j, pid_t pid)
{
	bool ok = true;

	if (!j->inside) {
		ok = at_entry(j, pid);
	} else if (j->dropped) {
		j->dropped = false;
		ok = call_result(pid, -(long)j->code);
	}
	j->inside = !j->inside;
	return ok;
}

static int report(const struct job *j, int status)
{
	const char *end = WIFEXITED(status) ? "exit" : WTERMSIG(status) == SIGKILL ? "killed" : "signal";
	FILE *f = fopen(j->report, "we");

	if (!f)
		return sorry(j->report);
	fprintf(f, "calls=%lu changing=%lu first=%lu hit=%s end=%s status=%d hypercalls=%lu\n", j->calls, j->changing, j->first,
		j->hit[0] ? j->hit : "-", end, WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status), j->hypercalls);
	return fclose(f) ? sorry(j->report) : 0;
}

static int follow(struct job *j, pid_t pid)
{
	bool running = false; /* exec has happened: before it the calls are ours */
	int status, signal_to_pass;

	if (waitpid(pid, &status, 0) < 0)
		return sorry("waitpid");
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL) < 0)
		return sorry("ptrace");
	for (signal_to_pass = 0;;) {
		if (ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(intptr_t)signal_to_pass) < 0 && errno != ESRCH)
			return sorry("ptrace");
		if (waitpid(pid, &status, 0) < 0)
			return sorry("waitpid");
		if (!WIFSTOPPED(status))
			return running ? report(j, status) : 1;
		signal_to_pass = 0;
		if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
			if (running && !at_stop(j, pid))
				return sorry("ptrace");
		} else if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
			running = true;
			j->inside = true; /* the exit of exec comes next */
		} else if (WSTOPSIG(status) != SIGSTOP) {
			signal_to_pass = WSTOPSIG(status);
		}
	}
}

static int usage(void)
{
	fprintf(stderr, "usage: killat -o REPORT [-k N | -e ERRNO -n N [-s] | -x COMMAND -n N] [--] PROGRAM [ARGUMENT...]\n");
	return 1;
}

static int code_of(const char *name)
{
	static const struct {
		const char *name;
		int code;
	} codes[] = {
		{ "EIO", EIO }, { "ENOSPC", ENOSPC }, { "EROFS", EROFS }, { "EACCES", EACCES }, { "EDQUOT", EDQUOT },
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (!strcmp(codes[i].name, name))
			return codes[i].code;
	return 0;
}

int main(int argc, char **argv)
{
	struct job j = { 0 };
	pid_t pid;
	int opt;

	while ((opt = getopt(argc, argv, "+o:k:e:n:sx:")) != -1) {
		if (opt == 'o')
			j.report = optarg;
		else if (opt == 'k')
			j.kill_at = strtoul(optarg, NULL, 10);
		else if (opt == 'n')
			j.fail_at = strtoul(optarg, NULL, 10);
		else if (opt == 'e' && code_of(optarg))
			j.code = code_of(optarg);
		else if (opt == 'x')
			j.meanwhile = optarg;
		else if (opt == 's')
			j.sticky = true;
		else
			return usage();
	}
	if (!j.report || optind == argc || (j.fail_at && !j.code && !j.meanwhile))
		return usage();
	pid = fork();
	if (pid < 0)
		return sorry("fork");
	if (!pid)
		start(argv + optind);
	return follow(&j, pid);
}

#else

int main(void)
{
	fprintf(stderr, "killat: only x86_64 and aarch64 are known\n");
	return SKIP;
}

#endif
