namespace Unlearn.Kernel.Tests.Language;

/// <summary>Tests that run beside no others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
#pragma warning disable CA1711 // the name says what it means to be in it
public sealed class Alone;
#pragma warning restore CA1711
