from catalog.loading import GD_2022, load_catalog
from catalog.management.data_command import DataCommand


class Command(DataCommand):
    help = "载入操作项目目录（默认：广东省2022年理论课程内容检查表）"
    default = GD_2022
    noun = "目录条目"
    load = staticmethod(load_catalog)
