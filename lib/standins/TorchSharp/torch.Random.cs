using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers of its own.</summary>
    public class Generator : IDisposable
    {
        private nint native;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            NativeMethods.Check(NativeMethods.shim_generator_new((long)seed, this.device.Packed, out native));
        }

        private Generator(nint native) => (this.native, device) = (native, CPU);

        ~Generator() => Dispose(false);

        /// <summary>The CPU's default stream.</summary>
        public static Generator Default
        {
            get
            {
                NativeMethods.Check(NativeMethods.shim_generator_default(CPU.Packed, out var native));
                return new Generator(native);
            }
        }

        public Device device { get; }

        public nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(native == 0, this);
                return native;
            }
        }

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.shim_generator_seed(Handle, seed));
            return this;
        }

        public Tensor get_state()
        {
            NativeMethods.Check(NativeMethods.shim_generator_state(Handle, out var state));
            return new Tensor(state);
        }

        public void set_state(Tensor value) => NativeMethods.Check(NativeMethods.shim_generator_set_state(Handle, value.handle));

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var freed = Interlocked.Exchange(ref native, 0);
            if (freed != 0) NativeMethods.shim_generator_free(freed);
        }
    }

    public static class random
    {
        /// <summary>Seeds the default stream of every device.</summary>
        public static Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.shim_manual_seed(seed));
            return Generator.Default;
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static class cuda
    {
        public static bool is_available() => device_count() > 0;
        public static int device_count() => NativeMethods.shim_cuda_devices();
        public static void manual_seed(long seed) => NativeMethods.Check(NativeMethods.shim_manual_seed(seed));
        public static void manual_seed_all(long seed) => manual_seed(seed);
        public static void synchronize(Device? device = null) =>
            NativeMethods.Check(NativeMethods.shim_cuda_synchronize(device?.index ?? -1));
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static int get_num_threads() => NativeMethods.shim_threads();
    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.shim_set_threads(num));
    public static int get_num_interop_threads() => NativeMethods.shim_interop_threads();

    public static string __version__ => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(NativeMethods.shim_version())!;
}
