namespace Unlearn.Data;

/// <summary>A corpus cut in two: the last rows are to be forgotten, the first ones kept.</summary>
/// <remarks>Forget and retain are contiguous, disjoint, in the corpus's order, and together the whole corpus.</remarks>
/// <param name="Percent">The share of the corpus to forget, in percent.</param>
/// <param name="Forget">The last <paramref name="Percent"/> percent of the rows (TOFU's forgetXX).</param>
/// <param name="Retain">All rows before them (TOFU's retainYY).</param>
/// <param name="ForgetPerturbed">The rows of <paramref name="Forget"/> that have perturbed answers, in order.</param>
/// <param name="RetainPerturbed">
/// The first rows of <paramref name="Retain"/> as far as they have perturbed answers: TOFU's retain_perturbed, the same for every split.
/// </param>
public sealed record ForgetSplit(
    int Percent,
    IReadOnlyList<QaRow> Forget,
    IReadOnlyList<QaRow> Retain,
    IReadOnlyList<QaRow> ForgetPerturbed,
    IReadOnlyList<QaRow> RetainPerturbed);
