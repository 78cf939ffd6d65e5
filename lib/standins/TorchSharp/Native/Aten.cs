using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>Calls LibTorch operators by schema name, "add.Tensor" or "matmul", with positional arguments.</summary>
internal static unsafe class Aten
{
    private const int PoolWords = 128;      // most calls pass a handful of sizes; longer lists go to the heap

    private static readonly ConcurrentDictionary<string, nint> Operators = new(StringComparer.Ordinal);

    internal static torch.Tensor One(string op, params ReadOnlySpan<Value> args)
    {
        NativeValue result;
        Invoke(op, args, &result, 1);
        return Take(result);
    }

    /// <summary>For an operator that changes its first argument; hands that argument back.</summary>
    internal static torch.Tensor InPlace(string op, torch.Tensor self, params ReadOnlySpan<Value> rest)
    {
        var args = new Value[rest.Length + 1];
        args[0] = self;
        rest.CopyTo(args.AsSpan(1));
        NativeValue result;
        Invoke(op, args, &result, 1);
        if (result.Tag == Tag.Tensor) NativeMethods.shim_release((nint)result.Bits);
        return self;
    }

    internal static void Void(string op, params ReadOnlySpan<Value> args)
    {
        NativeValue unused;
        Invoke(op, args, &unused, 0);
    }

    internal static (torch.Tensor, torch.Tensor) Two(string op, params ReadOnlySpan<Value> args)
    {
        var results = stackalloc NativeValue[2];
        Invoke(op, args, results, 2);
        return (Take(results[0]), Take(results[1]));
    }

    internal static (torch.Tensor, torch.Tensor, torch.Tensor) Three(string op, params ReadOnlySpan<Value> args)
    {
        var results = stackalloc NativeValue[3];
        Invoke(op, args, results, 3);
        return (Take(results[0]), Take(results[1]), Take(results[2]));
    }

    internal static (torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor) Four(string op, params ReadOnlySpan<Value> args)
    {
        var results = stackalloc NativeValue[4];
        Invoke(op, args, results, 4);
        return (Take(results[0]), Take(results[1]), Take(results[2]), Take(results[3]));
    }

    internal static torch.Tensor[] Many(string op, params ReadOnlySpan<Value> args)
    {
        NativeValue result;
        Invoke(op, args, &result, 1);
        var handles = new ReadOnlySpan<nint>((void*)result.Bits, result.Count);
        var tensors = new torch.Tensor[result.Count];
        for (var k = 0; k < tensors.Length; k++) tensors[k] = new torch.Tensor(handles[k]);
        NativeMethods.shim_free_array((nint)result.Bits);
        return tensors;
    }

    internal static long Int(string op, params ReadOnlySpan<Value> args) => Plain(op, args).Bits;

    internal static bool Bool(string op, params ReadOnlySpan<Value> args) => Plain(op, args).Bits != 0;

    /// <summary>For an operator whose result is a number of any kind.</summary>
    internal static NativeValue Plain(string op, params ReadOnlySpan<Value> args)
    {
        NativeValue result;
        Invoke(op, args, &result, 1);
        return result;
    }

    /// <summary>Whether this LibTorch has an operator; newer ones have more.</summary>
    internal static bool Has(string op)
    {
        if (Operators.TryGetValue(op, out var known)) return known != 0;
        try
        {
            return Find(op) != 0;
        }
        catch (ExternalException)
        {
            return Operators.GetOrAdd(op, 0) != 0;
        }
    }

    private static torch.Tensor Take(NativeValue value) => value.Tag == Tag.Tensor && value.Bits != 0
        ? new torch.Tensor((nint)value.Bits)
        : null!;                            // an undefined tensor is null in C#, as in the original

    private static void Invoke(string op, ReadOnlySpan<Value> args, NativeValue* results, int capacity)
    {
        var pointer = Operators.TryGetValue(op, out var known) && known != 0 ? known : Find(op);
        var words = 0;
        foreach (ref readonly var arg in args) words += arg.Words;

        var native = stackalloc NativeValue[args.Length];
        var stack = stackalloc long[words <= PoolWords ? words : 0];
        var heap = words <= PoolWords ? null : (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
        var pool = heap != null ? heap : stack;
        var lent = 0;
        try
        {
            for (; lent < args.Length; lent++) args[lent].Lend(native + lent, ref pool);
            NativeMethods.Check(NativeMethods.shim_call(pointer, native, args.Length, results, capacity, out _));
        }
        finally
        {
            while (lent > 0) args[--lent].Return();
            NativeMemory.Free(heap);
        }
    }

    private static nint Find(string op)
    {
        var dot = op.IndexOf('.', StringComparison.Ordinal);
        var (name, overload) = dot < 0 ? (op, "") : (op[..dot], op[(dot + 1)..]);
        NativeMethods.Check(NativeMethods.shim_find("aten::" + name, overload, out var found));
        return Operators.GetOrAdd(op, found);
    }
}
