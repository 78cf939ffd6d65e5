using Unlearn.Tensors;

namespace Unlearn.Tests.Tensors;

public sealed class ComplaintTests
{
    [Fact]
    public void A_message_ends_where_the_name_of_a_parameter_would_follow()
    {
        Assert.Equal("Rank should be 1.", Complaint.Of(new ArgumentException("Rank should be 1.", "Rank")));
        Assert.Equal("Rank should be 1.", Complaint.Of(new ArgumentOutOfRangeException("Rank", 0, "Rank should be 1.")));
    }

    [Fact]
    public void Other_messages_are_told_as_they_are()
    {
        Assert.Equal("It is (Parameter 'x').", Complaint.Of(new InvalidDataException("It is (Parameter 'x').")));
        Assert.Equal("Nothing.", Complaint.Of(new ArgumentException("Nothing.")));
    }
}
