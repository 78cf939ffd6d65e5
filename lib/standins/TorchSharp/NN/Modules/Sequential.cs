using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Modules one after the other; what lies between two of them is freed at once, so none may hand back its input itself.
    /// </summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.IModule<Tensor, Tensor>> steps = [];

        protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
        {
            foreach (var (key, module) in modules) append(key, module);
        }

        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
        {
            foreach (var module in modules) append(module);
        }

        public int Count => steps.Count;

        [System.Runtime.CompilerServices.IndexerName("SequentialItems")]
        public nn.IModule<Tensor, Tensor> this[int index] => steps[index];

        /// <summary>Adds a step under its position as name.</summary>
        public Sequential append(nn.IModule<Tensor, Tensor> module) => append($"{Count}", module);

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            register_module(name, (nn.Module)module);
            steps.Add(module);
            return this;
        }

        public override Tensor forward(Tensor tensor)
        {
            if (Count == 0) return tensor.alias();
            var current = steps[0].call(tensor);
            foreach (var step in steps.Skip(1))
            {
                var next = step.call(current);
                current.Dispose();
                current = next;
            }
            return current;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new([.. modules]);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new([.. modules]);
        }
    }
}
