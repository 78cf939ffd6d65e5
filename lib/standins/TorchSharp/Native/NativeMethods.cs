using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The functions of native/torch_shim.cpp. Those that return int give 0, or −1 with a message in shim_error.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "TorchShim";

    [LibraryImport(Library)] internal static partial nint shim_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int shim_find(string name, string overload, out nint op);
    [LibraryImport(Library)]
    internal static partial int shim_call(nint op, NativeValue* args, int count, NativeValue* results, int capacity, out int resultCount);
    [LibraryImport(Library)] internal static partial void shim_free_array(nint handles);

    [LibraryImport(Library)] internal static partial void shim_release(nint tensor);
    [LibraryImport(Library)]
    internal static partial int shim_from_data(void* data, long bytes, long* sizes, int rank, int dtype, out nint tensor);
    [LibraryImport(Library)] internal static partial int shim_describe(TensorHandle tensor, long* facts);
    [LibraryImport(Library)] internal static partial int shim_sizes(TensorHandle tensor, long* sizes, long* strides, int rank);
    [LibraryImport(Library)] internal static partial int shim_data(TensorHandle tensor, out nint data);
    [LibraryImport(Library)] internal static partial int shim_alias(TensorHandle tensor, out nint alias);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int shim_save(TensorHandle tensor, string path);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int shim_load(string path, out nint tensor);

    [LibraryImport(Library)] internal static partial int shim_set_requires_grad(TensorHandle tensor, int value);
    [LibraryImport(Library)] internal static partial int shim_grad(TensorHandle tensor, out nint gradient);
    [LibraryImport(Library)] internal static partial int shim_set_grad(TensorHandle tensor, nint gradient);
    [LibraryImport(Library)]
    internal static partial int shim_backward(nint* roots, int count, nint* gradients, int gradientCount, int retain, int create,
                                              nint* inputs, int inputCount);
    [LibraryImport(Library)]
    internal static partial int shim_gradients(nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount,
                                               int retain, int create, int allowUnused, nint* results);
    [LibraryImport(Library)]
    internal static partial int shim_apply(FunctionBodies* bodies, nint state, nint* inputs, int count, nint* outputs, int limit,
                                           out int produced);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void shim_fail(string message);
    [LibraryImport(Library)] internal static partial void shim_retain(nint tensor);
    [LibraryImport(Library)] internal static partial int shim_context_save(nint context, nint* tensors, int count);
    [LibraryImport(Library)] internal static partial int shim_context_saved(nint context, nint* tensors, int limit, out int count);
    [LibraryImport(Library)] internal static partial int shim_context_mark(nint context, nint* tensors, int count, int dirty);
    [LibraryImport(Library)] internal static partial void shim_context_materialize(nint context, int value);

    [LibraryImport(Library)] internal static partial int shim_grad_mode();
    [LibraryImport(Library)] internal static partial void shim_set_grad_mode(int enabled);
    [LibraryImport(Library)] internal static partial int shim_inference_mode();
    [LibraryImport(Library)] internal static partial int shim_inference_begin(int enabled, out nint guard);
    [LibraryImport(Library)] internal static partial void shim_inference_end(nint guard);

    [LibraryImport(Library)] internal static partial int shim_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial int shim_generator_new(long seed, long device, out nint generator);
    [LibraryImport(Library)] internal static partial int shim_generator_default(long device, out nint generator);
    [LibraryImport(Library)] internal static partial void shim_generator_free(nint generator);
    [LibraryImport(Library)] internal static partial int shim_generator_seed(nint generator, long seed);
    [LibraryImport(Library)] internal static partial int shim_generator_state(nint generator, out nint state);
    [LibraryImport(Library)] internal static partial int shim_generator_set_state(nint generator, TensorHandle state);

    [LibraryImport(Library)] internal static partial int shim_threads();
    [LibraryImport(Library)] internal static partial int shim_set_threads(int count);
    [LibraryImport(Library)] internal static partial int shim_interop_threads();
    [LibraryImport(Library)] internal static partial nint shim_version();
    [LibraryImport(Library)] internal static partial int shim_cuda_devices();
    [LibraryImport(Library)] internal static partial int shim_cuda_synchronize(long index);

    /// <summary>What user code threw inside a native call of this thread; it becomes the inner exception of that call's failure.</summary>
    [ThreadStatic] internal static Exception? Thrown;

    /// <summary>Turns a failed call into the exception that the original throws, with LibTorch's own message.</summary>
    internal static void Check(int status)
    {
        if (status != 0) Throw();
    }

    private static void Throw()
    {
        var inner = Thrown;
        Thrown = null;
        throw new ExternalException(Marshal.PtrToStringUTF8(shim_error()), inner);
    }
}

/// <summary>Bodies of native/managed_function.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FunctionBodies
{
    public delegate* unmanaged<nint, nint, nint*, int, nint*, int, int> Forward;
    public delegate* unmanaged<nint, nint, nint*, int, nint*, int, int> Backward;
    public delegate* unmanaged<nint, void> Release;
}
