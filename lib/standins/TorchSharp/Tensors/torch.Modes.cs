using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Within it nothing is recorded for gradients.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => NativeMethods.shim_grad_mode() != 0;

    /// <summary>Like <see cref="no_grad"/>, and the results can never take part in a graph.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => NativeMethods.shim_inference_mode() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly int before = NativeMethods.shim_grad_mode();

        public GradMode(bool enabled) => NativeMethods.shim_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.shim_set_grad_mode(before);
    }

    private sealed class InferenceMode : IDisposable
    {
        private nint guard;

        public InferenceMode(bool enabled) => NativeMethods.Check(NativeMethods.shim_inference_begin(enabled ? 1 : 0, out guard));

        public void Dispose()
        {
            if (guard != 0) NativeMethods.shim_inference_end(guard);
            guard = 0;
        }
    }
}
