using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A part of a model: parameters, buffers and submodules under names. A derived class keeps them in fields and calls
        /// <see cref="RegisterComponents"/> at the end of its constructor; the fields' names become the state dictionary's keys.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Module> submodules = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, Parameter> ownParameters = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, (Tensor Buffer, bool Persistent)> ownBuffers = new(StringComparer.Ordinal);
            private bool isTraining = true;
            private bool isDisposed;

            protected string name;

            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is in training mode; it is one after construction.</summary>
            public virtual bool training => isTraining;

            public virtual string GetName() => name;

            /// <summary>Switches the module and everything below it to training (or, with false, to evaluation).</summary>
            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls a function on every submodule, depth first, and on this module last.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Drops every gradient, or fills it with zeros.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    if (set_to_none) Gradient.Drop(parameter);
                    else Gradient.Zero(parameter);
                }
            }

            /// <summary>Frees the parameters and buffers of the module and of everything below it.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || isDisposed) return;
                isDisposed = true;
                foreach (var (buffer, _) in ownBuffers.Values) buffer.Dispose();
                foreach (var parameter in ownParameters.Values) parameter.Dispose();
                foreach (var (_, child) in named_children()) child.Dispose();
            }
        }
    }
}
