/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcidb.c - see pcidb.h. Uses nothing that libpci 3.5.1 does not have. */

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <pci/pci.h>

#include "pcidb.h"
#include "str.h"

#define DUMP_MAX (64u << 20)	 /* bytes: 100,000 functions of `lspci -x` are 30 MB */
#define FUNCTIONS_MAX (1u << 17) /* libpci takes up to 4 KiB for each */
#define IDS_MAX (16u << 20)	 /* bytes; pci.ids has 1.4 MB */
#define CONFIG_MAX 4096

#define FD_PATH_LEN 32

/* ---- calls into libpci that may fail ---------------------------------------------------------------- */

/*
 * libpci's error callback gets no context pointer, so the call under way stands here. The program has one
 * thread; calls do not nest.
 */
struct guard {
	jmp_buf env;
	struct err *err;
};

static struct guard *guard;

_noreturn_ _printf_(1, 2) static void on_error(char *msg, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, msg);
	vsnprintf(text, sizeof(text), msg, ap);
	va_end(ap);
	text[strcspn(text, "\n")] = '\0';
	if (!guard)
		abort();
	err_set(guard->err, EINVAL, "%s", text);
	longjmp(guard->env, 1);
}

_printf_(1, 2) static void on_message(char *msg, ...)
{
}

static int guarded(void (*call)(void *arg), void *arg, struct err *err)
{
	struct guard g = { .err = err };

	guard = &g;
	if (setjmp(g.env)) {
		guard = NULL;
		return -EINVAL;
	}
	call(arg);
	guard = NULL;
	return 0;
}

static struct pci_access *access_new(void)
{
	struct pci_access *acc = pci_alloc();

	acc->error = on_error;
	acc->warning = on_message;
	acc->debug = on_message;
	/* Without PCI_LOOKUP_CACHE, which reads a file of $HOME; names come from the file that we name, only. */
	acc->id_lookup_mode = PCI_LOOKUP_NO_HWDB;
	return acc;
}

static void access_free(struct pci_access **acc)
{
	if (*acc)
		pci_cleanup(*acc);
}

static const char *fd_path(int fd, char buf[static FD_PATH_LEN])
{
	snprintf(buf, FD_PATH_LEN, "/proc/self/fd/%d", fd);
	return buf;
}

static int check_size(int fd, off_t max, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_set(err, errno, "cannot look at the file: %s", strerror(errno));
	if (st.st_size > max)
		return err_set(err, EFBIG, "the file is larger than %lld bytes", (long long)max);
	return 0;
}

/* ---- lspci.txt -------------------------------------------------------------------------------------- */

/* Does ":dd.f " end here, as in the first line of each function? */
static bool is_address_end(const char w[static 6])
{
	return w[0] == ':' && isxdigit((unsigned char)w[1]) && isxdigit((unsigned char)w[2]) && w[3] == '.' &&
	       w[4] >= '0' && w[4] <= '7' && w[5] == ' ';
}

/* Count the functions before libpci takes memory for each. */
static int check_count(int fd, struct err *err)
{
	char chunk[65536];
	char last[6] = { 0 };
	size_t count = 0;
	off_t off = 0;
	ssize_t n;

	while ((n = pread(fd, chunk, sizeof(chunk), off)) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			memmove(last, last + 1, sizeof(last) - 1);
			last[5] = chunk[i];
			count += is_address_end(last);
		}
		off += n;
	}
	if (n < 0)
		return err_set(err, errno, "cannot read the file: %s", strerror(errno));
	if (count > FUNCTIONS_MAX)
		return err_set(err, E2BIG, "the file has more than %u functions", FUNCTIONS_MAX);
	return 0;
}

struct dump {
	struct pci_access *acc;
	void (*each)(void *arg, const struct pcidb_function *f);
	void *arg;
};

/* libpci does not say how far a dump's bytes go, but refuses to read beyond them. */
static size_t config_size(struct pci_dev *dev, uint8_t config[static CONFIG_MAX])
{
	size_t n = 0;

	while (n < CONFIG_MAX && pci_read_block(dev, (int)n, config + n, 16))
		n += 16;
	while (n < CONFIG_MAX && pci_read_block(dev, (int)n, config + n, 1))
		n++;
	return n;
}

static void dump_function(const struct dump *d, struct pci_dev *dev)
{
	uint8_t config[CONFIG_MAX];
	struct pcidb_function f = {
		.bdf = { .domain = (uint32_t)dev->domain, .bus = dev->bus, .dev = dev->dev, .fn = dev->func },
		.config = config,
	};

	/* libpci takes any two digits there. */
	if (dev->dev > 31 || dev->func > 7)
		return;
	f.size = config_size(dev, config);
	d->each(d->arg, &f);
}

static void dump_call(void *arg)
{
	struct dump *d = arg;

	pci_init(d->acc); /* reads the whole file */
	pci_scan_bus(d->acc);
	for (struct pci_dev *dev = d->acc->devices; dev; dev = dev->next)
		dump_function(d, dev);
}

static int read_dump(int fd, void (*each)(void *arg, const struct pcidb_function *f), void *arg, struct err *err)
{
	_cleanup_(access_free) struct pci_access *acc = NULL;
	struct dump d = { .each = each, .arg = arg };
	char path[FD_PATH_LEN];
	int rc;

	rc = check_size(fd, DUMP_MAX, err);
	if (rc < 0)
		return rc;
	rc = check_count(fd, err);
	if (rc < 0)
		return rc;
	d.acc = acc = access_new();
	acc->method = PCI_ACCESS_DUMP;
	/* libpci's parameters are char *, but it copies the value. */
	if (pci_set_param(acc, (char[]){ "dump.name" }, (char *)fd_path(fd, path)) < 0)
		return err_set(err, ENOTSUP, "libpci of this machine cannot read dumps");
	return guarded(dump_call, &d, err);
}

/* ---- names ------------------------------------------------------------------------------------------ */

struct pcidb_names {
	struct pci_access *acc;
	int loaded; /* result of pci_load_name_list() */
};

static void names_free(struct pcidb_names *names)
{
	if (!names)
		return;
	access_free(&names->acc);
	free(names);
}

static void names_freep(struct pcidb_names **names)
{
	names_free(*names);
}

static void names_call(void *arg)
{
	struct pcidb_names *names = arg;

	names->loaded = pci_load_name_list(names->acc);
}

/* libpci would unpack a compressed file, to any size. */
static int check_plain(int fd, struct err *err)
{
	unsigned char magic[2];

	if (pread(fd, magic, sizeof(magic), 0) == sizeof(magic) && magic[0] == 0x1f && magic[1] == 0x8b)
		return err_set(err, EINVAL, "the names database is compressed");
	return check_size(fd, IDS_MAX, err);
}

static int names_open(int fd, struct pcidb_names **ret, struct err *err)
{
	_cleanup_(names_freep) struct pcidb_names *names = xcalloc(1, sizeof(*names));
	char path[FD_PATH_LEN];
	int rc;

	names->acc = access_new();
	if (fd >= 0) {
		rc = check_plain(fd, err);
		if (rc < 0)
			return rc;
		pci_set_name_list_path(names->acc, xstrdup(fd_path(fd, path)), 1);
	}
	rc = guarded(names_call, names, err);
	if (rc < 0)
		return rc;
	if (fd >= 0 && !names->loaded)
		return err_set(err, EIO, "libpci cannot read the names database");
	/* An empty database is read again at every lookup, and then the fd is another file or none. */
	pci_set_name_list_path(names->acc, xstrdup("/dev/null"), 1);
	*ret = TAKE_PTR(names);
	return 0;
}

struct lookup {
	struct pci_access *acc;
	const struct pcidb_key *key;
	char text[1024]; /* no line of pci.ids is longer; where a name does not fit, libpci gives an error text */
	const char *found;
};

static void lookup_call(void *arg)
{
	struct lookup *l = arg;
	const struct pcidb_key *k = l->key;
	int size = sizeof(l->text);

	switch (k->kind) {
	case PCIDB_VENDOR: l->found = pci_lookup_name(l->acc, l->text, size, PCI_LOOKUP_VENDOR, k->vendor); break;
	case PCIDB_DEVICE:
		l->found = pci_lookup_name(l->acc, l->text, size, PCI_LOOKUP_DEVICE, k->vendor, k->device);
		break;
	case PCIDB_CLASS: l->found = pci_lookup_name(l->acc, l->text, size, PCI_LOOKUP_CLASS, k->class); break;
	case PCIDB_SUBSYSTEM:
		l->found = pci_lookup_name(l->acc, l->text, size,
					   PCI_LOOKUP_SUBSYSTEM | PCI_LOOKUP_VENDOR | PCI_LOOKUP_DEVICE, k->vendor,
					   k->device, k->subvendor, k->subdevice);
		break;
	}
}

static void name(struct pcidb_names *names, const struct pcidb_key *key, char *buf, size_t size)
{
	struct lookup l = { .acc = names->acc, .key = key };

	if (guarded(lookup_call, &l, NULL) < 0)
		l.found = NULL;
	snprintf(buf, size, "%s", l.found ? l.found : "");
}

_export_ const struct pcidb_ops pcidb_ops = {
	.read_dump = read_dump,
	.names_open = names_open,
	.names_free = names_free,
	.name = name,
};
