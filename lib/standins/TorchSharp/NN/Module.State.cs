using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Parameters and persistent buffers under their full names; the tensors themselves, not copies. Shared ones appear
            /// under each of their names.
            /// </summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>(StringComparer.Ordinal);
                string Key(string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(Key(key), parameter);
                foreach (var (key, buffer) in named_buffers()) destination.TryAdd(Key(key), buffer);
                foreach (var (key, module) in named_children()) module.state_dict(destination, Key(key));
                return destination;
            }

            /// <summary>
            /// Copies tensors into those of the same name. When strict, names missing here or there (but for
            /// <paramref name="skip"/>) are an error, and nothing is copied.
            /// </summary>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                bool Wanted(string key) => skip is null || !skip.Contains(key);
                string[] missing = [.. own.Keys.Where(key => Wanted(key) && !source.ContainsKey(key))];
                string[] unexpected = [.. source.Keys.Where(key => Wanted(key) && !own.ContainsKey(key))];
                if (strict && missing.Length + unexpected.Length > 0)
                    throw new InvalidOperationException(
                        $"The state should have the module's names; missing: {List(missing)}; unexpected: {List(unexpected)}.");

                using var mode = no_grad();
                foreach (var (key, tensor) in source)
                    if (Wanted(key) && own.TryGetValue(key, out var target)) Aten.InPlace("copy_", target, tensor);
                return (missing, unexpected);
            }

            /// <summary>Writes the state in the original's format: complete, or not at all.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                TensorCodec.WriteFile(location, writer => save(writer, skip));
                return this;
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes the state and closes the stream, as the original does.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToArray();
                TensorCodec.WriteNumber(writer, entries.Length);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    TensorCodec.Write(writer, tensor);
                }
            }

            /// <summary>Reads a state that <c>save</c> wrote.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Whether the names must be exactly the module's.</param>
            /// <param name="skip">Names to read over.</param>
            /// <param name="loadedParameters">Receives each name in the file, with whether the module has it.</param>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null,
                                       Dictionary<string, bool>? loadedParameters = null)
            {
                TensorCodec.ReadFile(location, reader => load(reader, strict, skip, loadedParameters));
                return this;
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null,
                                       Dictionary<string, bool>? loadedParameters = null)
            {
                TensorCodec.Reading("a module's state", () => Read(reader, strict, skip, loadedParameters));
                return this;
            }

            /// <summary>Reads a state and closes the stream, as the original does.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null,
                               Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            private void Read(BinaryReader reader, bool strict, IList<string>? skip, Dictionary<string, bool>? loadedParameters)
            {
                var own = state_dict();
                var count = TensorCodec.ReadNumber(reader);
                if (count < 0) throw new InvalidDataException($"A number of entries was expected but the stream has {count}.");
                if (strict && count != own.Count)
                    throw new ArgumentException($"The state should have {own.Count} entries but has {count}.");
                for (long k = 0; k < count; k++)
                {
                    var key = reader.ReadString();
                    var known = own.TryGetValue(key, out var target);
                    if (!known && strict) throw new ArgumentException($"The state has an entry \"{key}\" that the module lacks.");
                    if (known && skip?.Contains(key) != true) TensorCodec.ReadInto(reader, target!, $"\"{key}\"");
                    else TensorCodec.Skip(reader);
                    loadedParameters?.Add(key, known);
                }
            }

            private static string List(string[] keys) => keys.Length == 0 ? "none" : string.Join(", ", keys.Select(key => $"\"{key}\""));
        }
    }
}
