namespace Unlearn.Objectives;

/// <summary>The three settings of "A Closer Look".</summary>
public enum CloserLookScenario
{
    /// <summary>Fictitious authors, forgotten once: TOFU's forget01, 05 and 10.</summary>
    Fictitious,

    /// <summary>Fictitious authors, forgotten group after group, each time from the model before.</summary>
    Continual,

    /// <summary>Public people whom a model knows from its pre-training.</summary>
    RealWorld,
}
