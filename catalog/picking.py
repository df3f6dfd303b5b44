"""A list to tick rows in, with a line that narrows it: for choosing a few of many."""

from django.forms import CheckboxSelectMultiple


class PickList(CheckboxSelectMultiple):
    """Without JavaScript the whole list is there to scroll; a ticked row is never hidden."""

    template_name = "catalog/pick_list.html"

    class Media:
        css = {"all": ["catalog/picks.css"]}
        js = ["catalog/picks.js"]
