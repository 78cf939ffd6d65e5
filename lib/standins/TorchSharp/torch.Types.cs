namespace TorchSharp;

/// <summary>Where a tensor's numbers are.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    META = 14,
}

public static partial class torch
{
    /// <summary>A tensor's element type.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
        BFloat16 = 15,
    }

    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType int8 = ScalarType.Int8;
    public static ScalarType int16 = ScalarType.Int16;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType @int = ScalarType.Int32;
    public static ScalarType @long = ScalarType.Int64;
    public static ScalarType float16 = ScalarType.Float16;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType @float = ScalarType.Float32;
    public static ScalarType @double = ScalarType.Float64;
    public static ScalarType bfloat16 = ScalarType.BFloat16;

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);
    public static Device CUDA => new(DeviceType.CUDA);

    /// <summary>A device's kind and index; −1 is the kind's current device.</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        /// <summary>"cpu", "cuda", "cuda:1", "meta".</summary>
        public Device(string description)
        {
            var colon = description.IndexOf(':', StringComparison.Ordinal);
            type = Kind(colon < 0 ? description : description[..colon]);
            index = colon < 0 ? -1
                : int.TryParse(description.AsSpan(colon + 1), out var number) && number >= 0 ? number
                : throw new ArgumentException($"A device should read like \"cpu\" or \"cuda:0\" but is \"{description}\".", nameof(description));
        }

        public Device(string deviceType, int index = -1) => (type, this.index) = (Kind(deviceType), index);

        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        internal long Packed => (uint)(int)type | (long)index << 32;

        public static implicit operator Device(string description) => new(description);

        public override string ToString() =>
            type switch { DeviceType.CPU => "cpu", DeviceType.CUDA => "cuda", _ => "meta" } + (index >= 0 ? $":{index}" : "");

        private static DeviceType Kind(string name) => name switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            "meta" => DeviceType.META,
            _ => throw new ArgumentException($"A device should be cpu, cuda or meta but is \"{name}\".", nameof(name)),
        };
    }

    public static Device device(string description) => new(description);
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);
    public static Device device(int index) => new(index);
}
