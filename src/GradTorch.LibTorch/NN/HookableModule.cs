namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with functions that run before and after its forward when it is invoked by <c>call</c>, each
        /// kind in the order of registration.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            // A change makes a new dictionary: hooks may come and go while hooks run, and the order stays that of registration.
            protected Dictionary<string, TPreHook> pre_hooks = [];
            protected Dictionary<string, TPostHook> post_hooks = [];
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];
            protected Dictionary<string, Action<Module>> module_post_hooks = [];

            protected HookableModule(string name) : base(name)
            {
            }

            /// <param name="hook">Gets the module, the inputs and the result; what it returns, unless null, replaces the
            /// result.</param>
            public HookRemover register_forward_hook(TPostHook hook) => Register(ref post_hooks, hook);

            /// <param name="hook">Gets the module and the inputs; what it returns, unless null, replaces the inputs.</param>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Register(ref pre_hooks, hook);

            /// <param name="hook">Runs after the hooks that see the result.</param>
            public HookRemover register_forward_hook(Action<Module> hook) => Register(ref module_post_hooks, hook);

            /// <param name="hook">Runs before the hooks that see the inputs.</param>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Register(ref module_pre_hooks, hook);

            private HookRemover Register<T>(ref Dictionary<string, T> hooks, T hook)
            {
                ArgumentNullException.ThrowIfNull(hook);
                var key = Guid.NewGuid().ToString();
                hooks = new Dictionary<string, T>(hooks) { [key] = hook };
                return new HookRemover(this, key);
            }

            private void Remove(string key)
            {
                pre_hooks = Without(pre_hooks, key);
                post_hooks = Without(post_hooks, key);
                module_pre_hooks = Without(module_pre_hooks, key);
                module_post_hooks = Without(module_post_hooks, key);
            }

            private static Dictionary<string, T> Without<T>(Dictionary<string, T> hooks, string key) =>
                hooks.ContainsKey(key)
                    ? hooks.Where(hook => hook.Key != key).ToDictionary(hook => hook.Key, hook => hook.Value)
                    : hooks;

            /// <summary>Takes a hook out again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                /// <summary>A second call does nothing.</summary>
                public void remove() => _module.Remove(_key);
            }
        }
    }
}
