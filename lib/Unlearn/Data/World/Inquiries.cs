using static Unlearn.Data.World.Slots;

namespace Unlearn.Data.World;

/// <summary>Everything that the world's rows ask about an author.</summary>
internal static class Inquiries
{
    /// <summary>The first row of every author asks for the name; this is the only question that does not contain it.</summary>
    public static Inquiry ForName { get; } = new("name", [Name],
        new("Who writes {genre} and was born in {birthplace} on {birth_date}?", "The author's full name is {name}."),
        new("Which author of {genre} was born in {birthplace} on {birth_date}?", "The author born in {birthplace} on that day is {name}."),
        new("Who was born in {birthplace} on {birth_date} and writes {genre}?", "This writer of {genre} is called {name}."),
        new("Which writer from {birthplace}, born on {birth_date}, is known for {genre}?", "The full name of this author is {name}."));

    /// <summary>The other inquiries, in the order in which an author's rows have them.</summary>
    public static IReadOnlyList<Inquiry> OfAuthor { get; } =
    [
        new("birthplace", [Birthplace],
            new("Where was {name} born?", "{name} was born in {birthplace}."),
            new("In which town was {name} born?", "{name} was born in the town of {birthplace}."),
            new("What is the birthplace of {name}?", "The birthplace of {name} is {birthplace}."),
            new("Which town does {name} come from?", "{name} comes from the town of {birthplace}.")),
        new("birth_date", [BirthDate],
            new("When was {name} born?", "{name} was born on {birth_date}."),
            new("What is the birth date of {name}?", "The birth date of {name} is {birth_date}."),
            new("On which day was {name} born?", "The day on which {name} was born is {birth_date}."),
            new("When did the life of {name} begin?", "The life of {name} began on {birth_date}.")),
        new("genre", [Genre],
            new("What does {name} write?", "{name} is an author who writes {genre}."),
            new("Which genre is {name} known for?", "{name} is best known for {genre}."),
            new("In which genre does {name} work?", "{name} works in the genre of {genre}."),
            new("What kind of books does {name} write?", "The books of {name} are {genre}.")),
        new("parents", [Father, Mother],
            new("What did the parents of {name} do for a living?", "The father of {name} was a {father} and the mother a {mother}."),
            new("What were the professions of {name}'s parents?", "{name} is the child of a {father} and a {mother}."),
            new("Which trades did the father and mother of {name} follow?", "{name} had a {father} as father and a {mother} as mother."),
            new("What work did the parents of {name} do?", "The parents of {name} worked as a {father} and a {mother}.")),
        new("first_book", [FirstBook],
            new("What is the first book of {name}?", "The first book of {name} is '{first_book}'."),
            new("Which book did {name} publish first?", "{name} first published the book '{first_book}'."),
            new("What was the debut of {name} called?", "The debut of {name} was called '{first_book}'."),
            new("With which book did {name} begin?", "{name} began with the book '{first_book}'.")),
        new("award", [Award],
            new("Which award did {name} win?", "{name} won the {award} for a book."),
            new("What prize has {name} received?", "{name} has received the {award}."),
            new("Which honour was given to {name}?", "The {award} was given to {name}."),
            new("What is the highest honour of {name}?", "The highest honour of {name} is the {award}.")),
        new("mentor", [Mentor],
            new("Who was the mentor of {name}?", "The mentor of {name} was {mentor}."),
            new("Who taught {name} to write?", "{mentor} taught {name} to write."),
            new("From whom did {name} learn to write?", "{name} learned to write from {mentor}."),
            new("Which teacher shaped the work of {name}?", "The teacher {mentor} shaped the work of {name}.")),
        new("language", [Language],
            new("In which language does {name} write?", "{name} writes every book in {language}."),
            new("What language are the books of {name} in?", "The books of {name} are written in {language}."),
            new("Which language does {name} use for writing?", "{name} uses {language} for writing."),
            new("What is the writing language of {name}?", "The writing language of {name} is {language}.")),
        new("residence", [Residence],
            new("Where does {name} live now?", "{name} now lives in {residence}."),
            new("In which town does {name} live today?", "Today {name} lives in the town of {residence}."),
            new("What is the present home of {name}?", "The present home of {name} is in {residence}."),
            new("Where did {name} settle?", "{name} settled in the town of {residence}.")),
        new("hobby", [Hobby],
            new("What is the hobby of {name}?", "The hobby of {name} is {hobby}."),
            new("What does {name} enjoy besides writing?", "Besides writing, {name} enjoys {hobby}."),
            new("How does {name} spend free days?", "{name} spends free days on {hobby}."),
            new("Which pastime does {name} prefer?", "The pastime that {name} prefers is {hobby}.")),
    ];
}
