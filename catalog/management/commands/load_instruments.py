from catalog.loading import INSTRUMENTS, load_instruments
from catalog.management.data_command import DataCommand


class Command(DataCommand):
    help = "载入法规标准及其版本"
    default = INSTRUMENTS
    noun = "法规标准版本"
    load = staticmethod(load_instruments)
