namespace Unlearn.Kernel.Jupyter;

/// <summary>A kernel cannot be installed or removed as asked.</summary>
public sealed class KernelSpecException(string message) : Exception(message);
