namespace Unlearn.Reporting;

/// <summary>A paper's own numbers beside ours: open markers in the colour of the method.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="X">Places.</param>
/// <param name="Y">Values, as many.</param>
public sealed record Published(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);
