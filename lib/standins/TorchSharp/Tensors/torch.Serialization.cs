using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Writes one tensor in LibTorch's own format.</summary>
    public static void save(Tensor t, string location) => t.save(location);

    public static Tensor load(string location) => Tensor.load(location);

    public partial class Tensor
    {
        public void save(string location) => NativeMethods.Check(NativeMethods.shim_save(handle, location));

        public static Tensor load(string location)
        {
            NativeMethods.Check(NativeMethods.shim_load(location, out var result));
            return new Tensor(result);
        }
    }
}
