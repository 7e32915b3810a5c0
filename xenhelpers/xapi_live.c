/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xapi_live.c - module: XAPI on its unix socket, XML-RPC over HTTP/1.1 (facts 2.1, 2.2).
 *
 * One connection, kept for all calls; one session, which we log in as the local root and log out again, or which we were handed
 * and leave alone.  XAPI passes the calls of a pool member's socket on to the pool's master.  Nothing is asked twice
 * behind the caller's back, but for one login anew when XAPI has forgotten our own session: that call had not been carried out.
 */

#include <curl/curl.h>
#include <stdio.h>

#include "str.h"
#include "xapi.h"
#include "xapi_fields.h"
#include "xmlrpc.h"

#define REQUEST_MAX (300u << 10) /* XAPI takes no more (facts 1.2) */
#define CONNECT_SECONDS 10L
#define LOGOUT_SECONDS 5L

struct live {
	CURL *curl;
	struct curl_slist *headers;
	char why[CURL_ERROR_SIZE];
	char *session;
	bool ours;	   /* we logged in, and log out */
	bool gone;	   /* XAPI fell silent: it is not asked any more */
	unsigned silence;  /* seconds */
};

/* One exchange. */
struct exchange {
	struct live *live;
	struct strbuf request;
	size_t sent;
	struct xmlrpc_reader *reader;
	struct err err; /* of the reader */
};

/* ---- what is kept of a reply ---------------------------------------------------------------------------------- */

struct keep {
	const char *class; /* NULL: of any class */
	size_t field;	   /* where in a path the field stands */
};

/* Records are at Value/REF/FIELD/KEY (get_all_records), or at Value/events/snapshot/FIELD/KEY. */
static bool is_kept(const void *ctx, const char *const *path, size_t n)
{
	const struct keep *k = ctx;

	if (n == 2 && k->field == 3)
		return streq(path[1], "events") || streq(path[1], "valid_ref_counts") || streq(path[1], "token");
	if (n <= k->field || n > k->field + 2 || !streq(path[0], "Value") || (k->field == 3 && !streq(path[2], "snapshot")))
		return true;
	return xapi_field_is_read(k->class, path[k->field], n == k->field + 2 ? path[k->field + 1] : NULL);
}

/* ---- HTTP --------------------------------------------------------------------------------------------------------- */

static size_t take_reply(char *data, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	long status = 0;

	curl_easy_getinfo(x->live->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		return size * n; /* the status says it all */
	return xmlrpc_read(x->reader, data, size * n, &x->err) < 0 ? 0 : size * n;
}

/* A body that is read and cannot be rewound: libcurl will not send a call a second time, whose effect it cannot know. */
static size_t give_request(char *to, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	size_t len = MIN(size * n, x->request.len - x->sent);

	memcpy(to, strbuf_str(&x->request) + x->sent, len);
	x->sent += len;
	return len;
}

static int no_connection(struct live *l, struct err *err)
{
	long code = 0;

	curl_easy_getinfo(l->curl, CURLINFO_OS_ERRNO, &code);
	err_set(err, ECONNREFUSED, "XAPI does not take connections on '" XAPI_SOCKET "': %s", code ? strerror((int)code) : l->why);
	return err_hint(err, "it is stopped, or starting: /opt/xensource/bin/xapi-wait-init-complete 300 waits for it");
}

static int transfer_failed(struct exchange *x, const char *method, CURLcode code, struct err *err)
{
	struct live *l = x->live;

	switch (code) {
	case CURLE_COULDNT_CONNECT:
		return no_connection(l, err);
	case CURLE_OPERATION_TIMEDOUT:
		l->gone = true;
		err_set(err, ETIMEDOUT, "XAPI said nothing for %u seconds when asked for %s", l->silence, method);
		return err_hint(err, "xe host-list tells whether it answers anybody; see /var/log/xensource.log");
	case CURLE_FILESIZE_EXCEEDED:
		return err_set(err, EFBIG, "XAPI's answer to %s is too large: more than %u MiB", method, XMLRPC_BYTES_MAX >> 20);
	case CURLE_WRITE_ERROR:
		if (x->err.code)
			return err_set(err, x->err.code, "XAPI's answer to %s cannot be read: %s", method, x->err.text);
		break;
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_FAIL_REWIND:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		return err_set(err, ECONNRESET, "XAPI closed the connection without an answer to %s", method);
	case CURLE_PARTIAL_FILE:
		return err_set(err, ECONNRESET, "XAPI closed the connection in the middle of its answer to %s", method);
	default:
		break;
	}
	return err_set(err, EPROTO, "asking XAPI for %s failed: %s", method, l->why[0] ? l->why : curl_easy_strerror(code));
}

static int transfer(struct exchange *x, const char *method, struct err *err)
{
	struct live *l = x->live;
	bool leaving = streq(method, "session.logout");
	long status = 0;
	CURLcode code;

	l->why[0] = '\0';
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)x->request.len);
	curl_easy_setopt(l->curl, CURLOPT_READDATA, x);
	curl_easy_setopt(l->curl, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(l->curl, CURLOPT_LOW_SPEED_TIME, leaving ? LOGOUT_SECONDS : (long)l->silence);
	code = curl_easy_perform(l->curl);
	if (code != CURLE_OK)
		return transfer_failed(x, method, code, err);
	curl_easy_getinfo(l->curl, CURLINFO_RESPONSE_CODE, &status);
	return status == 200 ? 0 : err_set(err, EPROTO, "XAPI answered %s with HTTP status %ld", method, status);
}

/* ---- replies -------------------------------------------------------------------------------------------------------- */

static const char *text_at(const json_t *array, size_t i)
{
	const char *s = json_string_value(json_array_get(array, i));

	return s ? s : "";
}

/* Codes that mean something else than "you asked for nonsense". */
static int explain_code(const char *code, const char *param, struct err *err)
{
	if (streq(code, "HOST_IS_SLAVE"))
		return err_hint(err, "this host is a member of a pool, and its XAPI does not pass calls on: ask on the master, %s",
				*param ? param : "whose address it does not tell");
	if (streq(code, "HOST_STILL_BOOTING"))
		return err_hint(err, "XAPI is starting: /opt/xensource/bin/xapi-wait-init-complete 300 waits for it");
	if (streq(code, "HOST_IN_EMERGENCY_MODE"))
		return err_hint(err, "this pool member cannot reach its master: xe pool-recover-slaves, or xe pool-emergency-reset-master");
	if (streq(code, "SESSION_AUTHENTICATION_FAILED"))
		return err_hint(err, "XAPI takes the local root without a password: run this as root in dom0");
	return -EREMOTEIO;
}

static int api_error(const char *method, const json_t *description, struct err *err)
{
	_cleanup_strbuf_ struct strbuf text = { 0 };
	const char *code = text_at(description, 0);

	if (!*code)
		return err_set(err, EPROTO, "XAPI refused %s without saying why", method);
	for (size_t i = 1; i < json_array_size(description); i++)
		strbuf_addf(&text, "%s%s", i > 1 ? ", " : ": ", text_at(description, i));
	err_set(err, EREMOTEIO, "%s%s", code, strbuf_str(&text));
	explain_code(code, text_at(description, 1), err);
	err_api(err, code);
	for (size_t i = 1; i < json_array_size(description); i++)
		err_api_param(err, text_at(description, i));
	return -EREMOTEIO;
}

/* The value of a reply {Status, Value | ErrorDescription}, or its error. */
static int unwrap(const char *method, const struct xmlrpc_message *m, json_t **ret, struct err *err)
{
	json_t *reply = json_array_get(m->params, 0), *value = json_object_get(reply, "Value");
	const char *status = json_string_value(json_object_get(reply, "Status"));

	if (m->fault) {
		const char *text = json_string_value(json_object_get(m->fault, "faultString"));

		return err_set(err, EPROTO, "XAPI could not make out the call of %s: %s", method, text ? text : "no reason given");
	}
	if (m->method || !status)
		return err_set(err, EPROTO, "XAPI's answer to %s has no Status", method);
	if (streq(status, "Failure"))
		return api_error(method, json_object_get(reply, "ErrorDescription"), err);
	if (!streq(status, "Success") || !value)
		return err_set(err, EPROTO, "XAPI's answer to %s is neither a success nor a failure", method);
	*ret = json_incref(value);
	return 0;
}

static int finish(struct exchange *x, const char *method, json_t **ret, struct err *err)
{
	struct xmlrpc_message m = { 0 };
	int rc = xmlrpc_read_end(x->reader, &m, &x->err);

	if (rc < 0)
		return err_set(err, x->err.code, "XAPI's answer to %s cannot be read: %s", method, x->err.text);
	rc = unwrap(method, &m, ret, err);
	xmlrpc_message_done(&m);
	return rc;
}

/* One call and its answer, with the session in front where `session` is not NULL. */
static int ask(struct live *l, const char *method, const char *session, const json_t *params, json_t **ret, struct err *err)
{
	_cleanup_free_ char *class = xstrndup(method, strcspn(method, "."));
	const char *verb = method + strlen(class);
	struct exchange x = { .live = l };
	struct keep keep = { .class = class, .field = 2 };
	bool all = streq(verb, ".get_all_records") || streq(verb, ".get_all_records_where");
	int rc = xmlrpc_write_call(method, session, params, &x.request, err);

	if (rc == 0 && x.request.len > REQUEST_MAX)
		rc = err_set(err, E2BIG, "XAPI takes no call of more than %u KiB", REQUEST_MAX >> 10);
	if (streq(method, "event.from")) {
		all = true;
		keep = (struct keep){ .field = 3 };
	}
	if (rc == 0) {
		x.reader = xmlrpc_reader_new(all ? is_kept : NULL, &keep);
		rc = transfer(&x, method, err);
	}
	if (rc == 0)
		rc = finish(&x, method, ret, err);
	xmlrpc_reader_free(x.reader);
	strbuf_done(&x.request);
	return rc;
}

/* ---- the session ---------------------------------------------------------------------------------------------------- */

static int login(struct live *l, struct err *err)
{
	json_t *params = json_pack("[ssss]", "root", "", "1.0", PACKAGE_NAME), *session = NULL;
	int rc = ask(l, "session.login_with_password", NULL, params, &session, err);

	json_decref(params);
	if (rc < 0)
		return err_wrap(err, "cannot log in to XAPI");
	if (!json_is_string(session)) {
		json_decref(session);
		return err_set(err, EPROTO, "cannot log in to XAPI: its answer is no session");
	}
	free(l->session);
	l->session = xstrdup(json_string_value(session));
	l->ours = true;
	json_decref(session);
	return 0;
}

static void logout(struct live *l)
{
	json_t *params = json_array(), *none = NULL;

	if (l->session && l->ours && !l->gone && ask(l, "session.logout", l->session, params, &none, NULL) == 0)
		json_decref(none);
	json_decref(params);
}

static void live_close(void *priv)
{
	struct live *l = priv;

	logout(l);
	curl_slist_free_all(l->headers);
	curl_easy_cleanup(l->curl);
	free(l->session);
	free(l);
}

static int set_up(struct live *l, struct err *err)
{
	const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);

	if (!(version->features & CURL_VERSION_UNIX_SOCKETS))
		return err_set(err, ENOSYS, "libcurl %s of this host has no unix sockets", version->version);
	l->curl = curl_easy_init();
	if (!l->curl)
		return err_set(err, ENOMEM, "libcurl cannot be used");
	l->headers = curl_slist_append(NULL, "Content-Type: text/xml");
	l->headers = curl_slist_append(l->headers, "Expect:");
	curl_easy_setopt(l->curl, CURLOPT_HTTPHEADER, l->headers);
	curl_easy_setopt(l->curl, CURLOPT_USERAGENT, PACKAGE_NAME "/" PACKAGE_VERSION);
	curl_easy_setopt(l->curl, CURLOPT_UNIX_SOCKET_PATH, XAPI_SOCKET);
	curl_easy_setopt(l->curl, CURLOPT_URL, "http://localhost/");
	curl_easy_setopt(l->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(l->curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(l->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(l->curl, CURLOPT_ERRORBUFFER, l->why);
	curl_easy_setopt(l->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(l->curl, CURLOPT_READFUNCTION, give_request);
	curl_easy_setopt(l->curl, CURLOPT_WRITEFUNCTION, take_reply);
	curl_easy_setopt(l->curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(l->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(l->curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)XMLRPC_BYTES_MAX);
	return 0;
}

static int live_open(struct host *h _unused_, const struct xapi_options *opt, void **priv, struct err *err)
{
	struct live *l = xcalloc(1, sizeof(*l));
	int rc;

	l->silence = opt->silence ? opt->silence : XAPI_SILENCE;
	rc = set_up(l, err);
	if (rc == 0 && opt->session)
		l->session = xstrdup(opt->session);
	else if (rc == 0)
		rc = login(l, err);
	if (rc < 0)
		live_close(l);
	else
		*priv = l;
	return rc;
}

static int live_call(void *priv, const char *method, json_t *params, json_t **ret, struct err *err)
{
	struct live *l = priv;
	struct err why = { 0 };
	int rc;

	if (l->gone)
		return err_set(err, ETIMEDOUT, "XAPI has stopped to answer");
	rc = ask(l, method, l->session, params, ret, &why);
	if (rc < 0 && l->ours && streq(why.api, "SESSION_INVALID")) {
		rc = login(l, &why);
		if (rc == 0)
			rc = ask(l, method, l->session, params, ret, &why);
	}
	if (rc < 0 && err)
		*err = why;
	return rc;
}

_export_ extern const struct xapi_ops xapi_live_ops;
const struct xapi_ops xapi_live_ops = {
	.open = live_open,
	.close = live_close,
	.call = live_call,
	.events = true,
};
