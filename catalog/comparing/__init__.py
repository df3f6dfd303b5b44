"""Two texts of a law set side by side, article by article."""

from catalog.comparing.articles import Article, split_articles
from catalog.comparing.comparing import ArticleChange, Change, compare_articles

__all__ = ["Article", "ArticleChange", "Change", "compare_articles", "split_articles"]
