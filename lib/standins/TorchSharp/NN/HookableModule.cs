namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose <c>call</c> runs hooks, in the order of their registration, around <c>forward</c>.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private readonly List<(object Key, Action<Module> Hook)> plainPre = [], plainPost = [];
            private readonly List<(object Key, TPreHook Hook)> pre = [];
            private readonly List<(object Key, TPostHook Hook)> post = [];

            protected HookableModule(string name) : base(name)
            {
            }

            /// <summary>Adds a function that sees arguments and result and may replace the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(post, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Add(plainPost, hook);

            /// <summary>Adds a function that sees the arguments and may replace them.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(pre, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(plainPre, hook);

            internal bool HasHooks => (plainPre.Count | plainPost.Count | pre.Count | post.Count) != 0;

            internal TPreHook[] PreHooks()
            {
                foreach (var (_, hook) in plainPre.ToArray()) hook(this);
                return [.. pre.Select(h => h.Hook)];
            }

            internal TPostHook[] PostHooks() => [.. post.Select(h => h.Hook)];

            internal void AfterAll()
            {
                foreach (var (_, hook) in plainPost.ToArray()) hook(this);
            }

            private HookRemover Add<THook>(List<(object, THook)> hooks, THook hook)
            {
                var key = new object();
                hooks.Add((key, hook));
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> module;
                private readonly object key;

                internal HookRemover(HookableModule<TPreHook, TPostHook> module, object key) => (this.module, this.key) = (module, key);

                public void remove()
                {
                    module.pre.RemoveAll(h => h.Key == key);
                    module.post.RemoveAll(h => h.Key == key);
                    module.plainPre.RemoveAll(h => h.Key == key);
                    module.plainPost.RemoveAll(h => h.Key == key);
                }
            }
        }
    }
}
