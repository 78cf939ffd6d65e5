using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Modules under the names "0", "1", … They are registered when the list itself is, at the end of its owner's constructor:
    /// as in the original, later changes to the list do not change the names.
    /// </summary>
    public class ModuleList<T> : Module, IList<T> where T : Module
    {
        private readonly List<T> list;
        private bool isRegistered;

        public ModuleList(params T[] modules) : base(nameof(ModuleList)) => list = [.. modules];

        protected override void RegisterComponents()
        {
            if (isRegistered) return;
            isRegistered = true;
            foreach (var (index, module) in list.Index()) register_module($"{index}", module);
        }

        public T this[int index]
        {
            get => list[index];
            set => list[index] = value;
        }

        public int Count => list.Count;

        public bool IsReadOnly => false;

        public void Add(T item) => list.Add(item);

        public void append(params T[] parameters) => list.AddRange(parameters);

        public void extend(IEnumerable<T> modules) => list.AddRange(modules);

        public void Clear() => list.Clear();

        public bool Contains(T item) => list.Contains(item);

        public void CopyTo(T[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

        public int IndexOf(T item) => list.IndexOf(item);

        public void Insert(int index, T item) => list.Insert(index, item);

        public bool Remove(T item) => list.Remove(item);

        public void RemoveAt(int index) => list.RemoveAt(index);

        public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Parameters under the names "0", "1", …, whether or not the list is registered.</summary>
    public class ParameterList : Module, IList<Parameter>
    {
        private readonly List<Parameter> list;

        public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => list = [.. parameters];

        protected override void RegisterComponents()
        {
        }

        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
            list.Select((parameter, index) => ($"{index}", parameter));

        public override bool has_parameter(string target) => get_parameter(target) is not null;

        public override Parameter? get_parameter(string target) =>
            int.TryParse(target, out var index) && index >= 0 && index < list.Count ? list[index] : null;

        internal override void Replace(string key, torch.Tensor old, torch.Tensor replacement)
        {
            list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] = (Parameter)replacement;
            old.Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                foreach (var parameter in list) parameter.Dispose();
            base.Dispose(disposing);
        }

        public Parameter this[int index]
        {
            get => list[index];
            set => list[index] = value;
        }

        public int Count => list.Count;

        public bool IsReadOnly => false;

        public void Add(Parameter item) => list.Add(item);

        public void append(params Parameter[] parameters) => list.AddRange(parameters);

        public void extend(IEnumerable<Parameter> parameters) => list.AddRange(parameters);

        public void Clear() => list.Clear();

        public bool Contains(Parameter item) => list.Contains(item);

        public void CopyTo(Parameter[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

        public int IndexOf(Parameter item) => list.IndexOf(item);

        public void Insert(int index, Parameter item) => list.Insert(index, item);

        public bool Remove(Parameter item) => list.Remove(item);

        public void RemoveAt(int index) => list.RemoveAt(index);

        public IEnumerator<Parameter> GetEnumerator() => list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);

            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
