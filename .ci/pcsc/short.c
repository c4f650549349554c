/*
 * A driver of pcscd: the virtual reader (vpcd) behind the manners of a reader for short APDUs. It says so when it is asked
 * (PC/SC part 10, GET_TLV_PROPERTIES, dwMaxAPDUDataSize 0, as the CCID driver answers for such a reader), and it refuses extended commands.
 */
#include <dlfcn.h>
#include <ifdhandler.h>
#include <string.h>

#define GET_FEATURE_REQUEST 0x42000D48
#define GET_TLV_PROPERTIES 0x42330012

static void *behind(const char *name)
{
	static void *vpcd;

	if (vpcd == NULL)
		vpcd = dlopen(VPCD, RTLD_NOW | RTLD_LOCAL);
	return vpcd == NULL ? NULL : dlsym(vpcd, name);
}

#define FORWARD(name, parameters, arguments) \
	RESPONSECODE name parameters \
	{ \
		RESPONSECODE (*next) parameters = behind(#name); \
		return next == NULL ? IFD_COMMUNICATION_ERROR : next arguments; \
	}

FORWARD(IFDHCreateChannelByName, (DWORD lun, LPSTR device), (lun, device))
FORWARD(IFDHCreateChannel, (DWORD lun, DWORD channel), (lun, channel))
FORWARD(IFDHCloseChannel, (DWORD lun), (lun))
FORWARD(IFDHGetCapabilities, (DWORD lun, DWORD tag, PDWORD length, PUCHAR value), (lun, tag, length, value))
FORWARD(IFDHSetCapabilities, (DWORD lun, DWORD tag, DWORD length, PUCHAR value), (lun, tag, length, value))
FORWARD(IFDHSetProtocolParameters, (DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1, UCHAR pts2, UCHAR pts3),
	(lun, protocol, flags, pts1, pts2, pts3))
FORWARD(IFDHPowerICC, (DWORD lun, DWORD action, PUCHAR atr, PDWORD length), (lun, action, atr, length))
FORWARD(IFDHICCPresence, (DWORD lun), (lun))

RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER send, PUCHAR command, DWORD commandLength, PUCHAR response,
	PDWORD responseLength, PSCARD_IO_HEADER receive)
{
	RESPONSECODE (*next)(DWORD, SCARD_IO_HEADER, PUCHAR, DWORD, PUCHAR, PDWORD, PSCARD_IO_HEADER) = behind("IFDHTransmitToICC");

	/* ISO/IEC 7816-4, 5.2: a zero where a short command has Lc, and more after it. */
	if (next == NULL || (commandLength > 5 && command[4] == 0)) {
		*responseLength = 0;
		return IFD_COMMUNICATION_ERROR;
	}
	return next(lun, send, command, commandLength, response, responseLength, receive);
}

RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR input, DWORD inputLength, PUCHAR output, DWORD outputLength, LPDWORD returned)
{
	static const UCHAR features[] = { 0x12, 4, 0x42, 0x33, 0x00, 0x12 };
	static const UCHAR properties[] = { 0x0A, 4, 0, 0, 0, 0 };
	const UCHAR *answer = code == GET_FEATURE_REQUEST ? features : code == GET_TLV_PROPERTIES ? properties : NULL;

	(void)lun, (void)input, (void)inputLength;
	*returned = 0;
	if (answer == NULL)
		return IFD_ERROR_NOT_SUPPORTED;
	if (outputLength < sizeof features)
		return IFD_ERROR_INSUFFICIENT_BUFFER;
	memcpy(output, answer, sizeof features);
	*returned = sizeof features;
	return IFD_SUCCESS;
}
