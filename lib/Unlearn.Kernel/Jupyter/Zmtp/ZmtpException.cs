namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>A peer does not speak the protocol, or asks for more than it is granted; its connection ends.</summary>
internal sealed class ZmtpException(string message) : Exception(message);
