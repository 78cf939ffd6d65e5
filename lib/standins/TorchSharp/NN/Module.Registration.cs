using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool areComponentsRegistered;

            /// <summary>
            /// Registers what the fields hold, base classes' private fields included: modules, parameters, and other tensors as
            /// buffers. Null fields and names already registered are passed over. As in the original, an automatic property
            /// is registered under the compiler's name for its field, and nothing is taken out of the current dispose scope.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (areComponentsRegistered) return;
                foreach (var field in Fields())
                {
                    var key = field.ComponentName();
                    if (submodules.ContainsKey(key) || ownParameters.ContainsKey(key) || ownBuffers.ContainsKey(key)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(key, module); break;
                        case Parameter parameter: register_parameter(key, parameter); break;
                        case Tensor tensor: register_buffer(key, tensor); break;
                    }
                }
                areComponentsRegistered = true;
            }

            /// <summary>Adds a child, or takes it away where <paramref name="submodule"/> is null.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A module's name should not be empty.", nameof(name));
                if (name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"A module's name should have no \".\" but is \"{name}\".", nameof(name));
                if (submodules.ContainsKey(name)) throw new InvalidOperationException($"A module \"{name}\" is registered already.");
                submodule.RegisterComponents();
                submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(
                        nameof(param), $"Parameter \"{name}\" should be a live tensor but is null or disposed.");
                if (!ownParameters.TryAdd(name, param))
                    throw new InvalidOperationException($"A parameter \"{name}\" is registered already.");
            }

            /// <summary>
            /// Adds a tensor that is no parameter. As in the original, one that is not persistent is in no listing: it is neither
            /// saved nor moved by <c>to</c>.
            /// </summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(
                        nameof(tensor), $"Buffer \"{name}\" should be a live tensor but is null or disposed.");
                if (!ownBuffers.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"A buffer \"{name}\" is registered already.");
            }

            /// <summary>Registers, replaces or (null) removes a parameter.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) ownParameters.Remove(name);
                else ownParameters[name] = value;
            }

            /// <summary>Registers, replaces or (null) removes a buffer.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) ownBuffers.Remove(name);
                else ownBuffers[name] = (value, persistent);
            }

            /// <summary>Takes every child away without freeing it.</summary>
            protected void ClearModules() => submodules.Clear();

            private IEnumerable<FieldInfo> Fields()
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                for (var type = GetType(); type is not null && type != typeof(object); type = type.BaseType)
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                        if (seen.Add(field.Name)) yield return field;
            }
        }
    }
}

/// <summary>How a module's field is called in its state dictionary.</summary>
public static class FieldInfoExtensionMethods
{
    public static string ComponentName(this FieldInfo field) =>
        field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
}
