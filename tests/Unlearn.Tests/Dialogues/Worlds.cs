using Unlearn.Dialogues;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Dialogues;

/// <summary>The committed world, read once.</summary>
internal static class Worlds
{
    private static readonly Lazy<DialogueWorld> Read = new(() => DialogueWorld.Load(Path.Combine(TestData.Repository, "data", "dialogues")));

    public static DialogueWorld Shared => Read.Value;
}
