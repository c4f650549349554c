/*
 * Preloaded into pcscd so that its virtual reader (vpcd 3.3) suits tests:
 *
 * bind:   vpcd listens on every address of the machine; here it listens on the loopback address only.
 * accept: vpcd writes length and payload apart, and Nagle's algorithm waits for the delayed acknowledgement
 *         between them, 40 ms for each APDU; here what is written leaves at once.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

typedef int (*bind_function)(int, const struct sockaddr *, socklen_t);
typedef int (*accept_function)(int, struct sockaddr *, socklen_t *);

int bind(int descriptor, const struct sockaddr *address, socklen_t length)
{
	bind_function next = (bind_function)dlsym(RTLD_NEXT, "bind");
	struct sockaddr_in narrowed;

	if (address == NULL || address->sa_family != AF_INET || length != sizeof narrowed)
		return next(descriptor, address, length);
	memcpy(&narrowed, address, sizeof narrowed);
	narrowed.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return next(descriptor, (const struct sockaddr *)&narrowed, sizeof narrowed);
}

int accept(int listener, struct sockaddr *address, socklen_t *length)
{
	accept_function next = (accept_function)dlsym(RTLD_NEXT, "accept");
	int connection = next(listener, address, length);
	int on = 1;

	/* The daemon's own clients come over a UNIX socket, where this option does not exist and the call has no effect. */
	if (connection >= 0)
		(void)setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return connection;
}
