namespace Unlearn.Dialogues.World;

/// <summary>What a dialogue is there for. Files spell the names in lower case.</summary>
internal enum Place
{
    /// <summary>Read by unlearning, if its wording is: to be forgotten, or to be kept.</summary>
    Train,

    /// <summary>For choosing and stopping.</summary>
    Validation,

    /// <summary>Measured, never read.</summary>
    Test,

    /// <summary>Measured: true of something about which something else is to be forgotten.</summary>
    Neighbour,

    /// <summary>Measured: harmless but looks harmful.</summary>
    LookAlike,

    /// <summary>Only taught to the base model.</summary>
    Aside,

    /// <summary>Measured, and not even taught to the base model: what it has to reason out.</summary>
    Untaught,
}

/// <summary>A dialogue and what it is there for.</summary>
internal sealed record PlacedDialogue(Dialogue Dialogue, Place Place)
{
    public bool IsForgettable(Place place) => Place == place && Dialogue.Kind != DialogueKind.Ordinary;
}
