/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_config.c - config space of one function, any bytes of any length: every question that somebody asks of it ends, within bounds. */

#include "tests/fuzz/fuzz.h"
#include "xenhelpers/pcibar.h"
#include "xenhelpers/pcidev.h"
#include "xenhelpers/pcigroup.h"
#include "xenhelpers/pcireset.h"
#include "xenhelpers/sriov.h"

static void check_capabilities(const struct pcidevs *set, const struct pcidev *dev, size_t size)
{
	for (unsigned id = 0; id < 256; id++) {
		int at = pcidev_cap(set, dev, id), ext = pcidev_ext_cap(set, dev, id);

		MUST(at == -1 || at == 0 || (at >= 0x40 && at < 256 && (size_t)at + 4 <= size && at % 4 == 0));
		MUST(ext == -1 || ext == 0 || (ext >= 256 && ext < 4096 && (size_t)ext + 4 <= size && ext % 4 == 0));
		/* What was found once is found again, in the list as it was kept. */
		MUST(pcidev_ext_cap(set, dev, id) == ext);
	}
}

static void check_questions(const struct pcidevs *set, const struct pcidev *dev)
{
	uint64_t now = 0, max = 0, serial = 0;
	int vectors = pcidev_msix_vectors(set, dev);
	struct pcigroups groups;
	struct pcireset reset;
	struct sriov sriov;

	MUST(vectors == PCIDEV_UNKNOWN || (vectors >= 0 && vectors <= 2048));
	pcidev_has_msi(set, dev);
	if (pcidev_serial(set, dev, &serial) == TRI_YES)
		MUST(serial);
	pcireset_read(set, dev, &reset);
	MUST(pcireset_own(&reset) <= TRI_YES);
	if (sriov_read(set, dev, &sriov) == TRI_YES)
		MUST(sriov.total <= 0xffff && sriov.offset <= 0xffff && sriov.stride <= 0xffff);
	if (pcibar_resizable(set, dev, &now, &max) == TRI_YES)
		MUST(max >= 1 << 20 && now >= 1 << 20);
	pcigroups_compute(set, &groups);
	pcigroups_done(&groups);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pcidev dev = { .ids_known = true };
	struct pcidevs set = { .v = &dev, .n = 1, .from_dump = true };
	uint32_t value;

	if (size > 4096)
		return 0;
	pcidev_config_from_dump(&dev, data, size);
	check_capabilities(&set, &dev, size);
	check_questions(&set, &dev);
	for (unsigned off = 0; off < 4096 + 8; off++)
		if (pcidev_config_read(&set, &dev, off, 4, &value))
			MUST(off % 4 == 0 && off + 4 <= size);
	pcidev_config_close(&dev);
	return 0;
}
