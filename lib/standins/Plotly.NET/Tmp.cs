namespace Tmp;
