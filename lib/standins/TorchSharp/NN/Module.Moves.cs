using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Converts parameters and buffers of floating point, and moves all. A parameter that changes is replaced by a new
            /// one, in its field or property too, as in the original: make the optimizer afterwards.
            /// </summary>
            internal virtual void Convert(ScalarType? dtype, Device? device)
            {
                if (dtype is { } wanted and not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64))
                    throw new ArgumentException($"A module's numbers should be of a floating point type but {wanted} was asked for.");

                foreach (var (_, child) in named_children()) child.Convert(dtype, device);
                foreach (var (key, parameter) in named_parameters(false).ToArray())
                    if (Converted(parameter, dtype, device) is { } replacement) Replace(key, parameter, replacement);
                foreach (var (key, buffer) in named_buffers(false).ToArray())
                    if (ConvertedTensor(buffer, dtype, device) is { } replacement) Replace(key, buffer, replacement);
            }

            private static Tensor? ConvertedTensor(Tensor tensor, ScalarType? dtype, Device? device)
            {
                var (type, place) = (tensor.dtype, tensor.device);
                var isFloating = type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
                var newType = isFloating ? dtype ?? type : type;
                var newPlace = device ?? place;
                var samePlace = newPlace.type == place.type &&
                    (place.type != DeviceType.CUDA || newPlace.index < 0 || newPlace.index == place.index);
                if (newType == type && samePlace) return null;
                using var mode = no_grad();
                return Aten.One("to.device", tensor, newPlace, newType).DetachFromDisposeScope();
            }

            private static Parameter? Converted(Parameter parameter, ScalarType? dtype, Device? device)
            {
                if (ConvertedTensor(parameter, dtype, device) is not { } moved) return null;
                var replacement = new Parameter(moved, parameter.requires_grad);
                using var gradient = Gradient.Of(parameter);
                using var newGradient = gradient is null ? null : ConvertedTensor(gradient, dtype, device);
                if (newGradient is not null) Gradient.Set(replacement, newGradient);
                return replacement;
            }

            internal virtual void Replace(string key, Tensor old, Tensor replacement)
            {
                if (GetType().GetProperty(key, BindingFlags.Public | BindingFlags.Instance) is { CanWrite: true } property &&
                    property.PropertyType.IsInstanceOfType(replacement))
                {
                    property.SetValue(this, replacement);
                }
                if (replacement is Parameter parameter) ConditionallyRegisterParameter(key, parameter);
                else ConditionallyRegisterBuffer(key, replacement);
                Fields().FirstOrDefault(f => f.ComponentName() == key)?.SetValue(this, replacement);
                old.Dispose();
            }
        }
    }
}

/// <summary>Moves and conversions that give back the module's own type.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, null, device);

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, type, null);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, type, device);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => Converted(module, null, new torch.Device(deviceType, deviceIndex));

    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, null, new torch.Device(device));

    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, other.dtype, other.device);

    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => Converted(module, null, torch.CPU);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, null, new torch.Device(DeviceType.CUDA, deviceIndex));

    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, torch.ScalarType.Float16, null);

    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, torch.ScalarType.BFloat16, null);

    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, torch.ScalarType.Float32, null);

    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        Converted(module, torch.ScalarType.Float64, null);

    private static T Converted<T>(T module, torch.ScalarType? dtype, torch.Device? device) where T : torch.nn.Module
    {
        module.Convert(dtype, device);
        return module;
    }
}
